package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A batch as a table of five columns, as brewing programs and spreadsheets read it (units as BeerJSON names them): a row for each reading,
/// phase and line of its diary. The page saves the same.
final class BatchTable {
    private static final String[] COLUMNS = {"date_time", "gravity_sg", "temperature_c", "phase", "comment"};
    private static final int GRAVITY = 1;
    private static final int TEMPERATURE = 2;
    private static final int PHASE = 3;
    private static final int COMMENT = 4;
    /// History is asked for so much at a time.
    private static final Duration CHUNK = Duration.ofDays(1);
    private static final int POINTS = 2_000;

    private final TreeMap<Instant, String[]> rows = new TreeMap<>();

    private BatchTable() { }

    static BatchTable of(ApiClient client, Json batch, Instant now) {
        var table = new BatchTable();
        var vessel = batch.at("spec", "vessel");
        var from = Instant.parse(batch.at("status", "pitchTime").text(batch.at("metadata", "creationTimestamp").text("")));
        var namespace = batch.at("metadata", "namespace").text("");
        for (var start = from; start.isBefore(now); start = start.plus(CHUNK)) {
            var end = start.plus(CHUNK).isBefore(now) ? start.plus(CHUNK) : now;
            table.readings(client, namespace, vessel.at("gravity"), "gravity", GRAVITY, "%.4f", start, end);
            table.readings(client, namespace, vessel.at("temperature"), "temperature", TEMPERATURE, "%.2f", start, end);
        }
        for (var phase : batch.at("status", "phases").array()) table.put(Instant.parse(phase.at("time").text("")), PHASE,
                phase.at("phase").text(""));
        for (var line : batch.at("status", "diary").array()) table.put(Instant.parse(line.at("time").text("")), COMMENT,
                line.at("text").text(""));
        return table;
    }

    private void readings(ApiClient client, String namespace, Json sensor, String property, int column, String format, Instant from,
            Instant to) {
        if (sensor.isNull()) return;
        var named = ObjectKey.parse(sensor.at("deviceName").text(""));
        var path = "/apis/gateway.oikos.home/v1alpha1/namespaces/%s/devices/%s/history?property=%s&from=%s&to=%s&points=%d".formatted(
                named.namespace().isEmpty() ? namespace : named.namespace(), named.name(),
                URLEncoder.encode(sensor.at("property").text(property), StandardCharsets.UTF_8), from, to, POINTS);
        for (var sample : client.raw(path).at("properties").at(0).at("samples").array()) {
            put(Instant.ofEpochMilli(sample.at(0).integer(0L)), column,
                    String.format(Locale.ROOT, format, sample.at(1).decimal(Double.NaN)));
        }
    }

    private void put(Instant at, int column, String text) {
        var row = rows.computeIfAbsent(at, _ -> new String[COLUMNS.length]);
        row[column] = row[column] == null || column != COMMENT ? text : row[column] + "; " + text;
    }

    /// RFC 4180.
    String csv() {
        var text = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
        rows.forEach((at, row) -> {
            row[0] = at.toString();
            text.append(Arrays.stream(row).map(BatchTable::quoted).collect(Collectors.joining(","))).append("\r\n");
        });
        return text.toString();
    }

    private static String quoted(String cell) {
        if (cell == null) return "";
        return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
