/// MQTT: Zigbee2MQTT, Home Assistant discovery and plain topics, over one connection with a persistent session.
/// It decides nothing: it turns payloads into readings and commands into payloads. [MqttDriver] owns the connection; a [DeviceBinding] says
/// which topics and words are which property; [Zigbee2Mqtt] and [HomeAssistant] read what devices say of themselves into such bindings.
package home.oikos.driver.mqtt;
