package home.oikos.cli;

import home.oikos.client.ApiClient;
import home.oikos.client.Call;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// The figures of a server's `/metrics` that have no labels, by name.
record Metrics(Map<String, Double> values) {
    static Metrics of(ApiClient client) {
        var values = new HashMap<String, Double>();
        var answer = client.exchange(Call.of("GET", "/metrics"));
        if (answer.isSuccess()) new String(answer.body(), StandardCharsets.UTF_8).lines().forEach(line -> read(line, values));
        return new Metrics(Map.copyOf(values));
    }

    private static void read(String line, Map<String, Double> values) {
        var words = line.split(" ");
        if (words.length < 2 || line.startsWith("#") || words[0].contains("{")) return;
        try {
            values.put(words[0], Double.parseDouble(words[1]));
        } catch (NumberFormatException noNumber) {
            // Another kind of line: not ours.
        }
    }

    OptionalDouble value(String name) {
        var value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
