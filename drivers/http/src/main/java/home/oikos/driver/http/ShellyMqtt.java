package home.oikos.driver.http;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.driver.MessageLine;
import java.io.IOException;
import java.time.Duration;

/// A Shelly over MQTT. It answers below its own topic, where its account at the broker lets it.
///
/// @param topic what its topics begin with
record ShellyMqtt(MessageLine line, String topic, Duration patience) implements Shelly.Rpc {
    @Override
    public Json call(JsonObject request) throws IOException, InterruptedException {
        var source = topic + "/oikos";
        var question = new MessageLine.Question(topic + "/rpc", request.with("src", Json.of(source)).toString(), source + "/rpc", _ -> true);
        return Appliance.parsed(topic, line.ask(question, patience));
    }
}
