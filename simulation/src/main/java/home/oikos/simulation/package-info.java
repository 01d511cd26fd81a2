/// A simulated house that speaks the real protocols, and its physics under a seed. Nothing here is used by a real home.
/// A [Thing] has state; [House] moves it through time; a [Voice] says it in messages, and [MqttHouse] carries them.
package home.oikos.simulation;
