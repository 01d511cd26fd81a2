package home.oikos.simulation;

import home.oikos.api.Json;
import java.util.List;
import java.util.Map;

/// How one thing speaks over MQTT: its topics, its words. It keeps no state.
interface Voice {
    String thing();

    /// The state in one message.
    Message say(Map<String, Json> state);

    /// Whether it is on the air.
    Message available(boolean online);

    /// What it says of itself to whoever wants to know what it is; once after connecting.
    default List<Message> introduce() {
        return List.of();
    }

    /// The topic on which it takes commands.
    String commandTopic();

    /// The properties and values that a command payload asks for.
    /// @throws IllegalArgumentException or home.oikos.api.JsonException when it makes no sense
    Map<String, Json> understand(byte[] payload);
}
