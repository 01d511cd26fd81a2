package home.oikos.driver.http;

import home.oikos.api.Json;
import home.oikos.driver.MessageLine;
import java.io.IOException;
import java.time.Duration;

/// A Tasmota over MQTT, with its topics as they are when nobody changes `FullTopic`.
///
/// @param topic as in `cmnd/TOPIC/…`
record TasmotaMqtt(MessageLine line, String topic, Duration patience) implements Tasmota.Commands {
    @Override
    public Json command(String name, String argument, String member) throws IOException, InterruptedException {
        // Which topic it is depends on the command and on its settings; it says much else there, too.
        var question = new MessageLine.Question("cmnd/" + topic + "/" + name, argument, "stat/" + topic + "/+", said -> said.contains('"' + member + '"'));
        return Appliance.parsed(topic, line.ask(question, patience));
    }
}
