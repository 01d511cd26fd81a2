/// The home's MQTT broker: Debian's Mosquitto, configured, supervised, one account per client. It carries messages and understands none.
/// A [Broker] is one running Mosquitto; [Accounts] keeps its accounts as the Secrets of the home say.
package home.oikos.broker;
