package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Map;

/// A device that speaks plain JSON on topics of its own: `house/NAME/state`, `house/NAME/set`, `house/NAME/availability`.
record PlainVoice(String thing) implements Voice {
    String topic() {
        return "house/" + thing;
    }

    @Override
    public Message say(Map<String, Json> state) {
        return Message.of(topic() + "/state", JsonObject.copyOf(state));
    }

    @Override
    public Message available(boolean online) {
        return Message.retainedText(topic() + "/availability", online ? "online" : "offline");
    }

    @Override
    public String commandTopic() {
        return topic() + "/set";
    }

    @Override
    public Map<String, Json> understand(byte[] payload) {
        return Json.parse(payload).object().members();
    }
}
