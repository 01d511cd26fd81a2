package home.oikos.brewery;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.controller.Times;
import home.oikos.home.Device;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads what a sensor has said: from the gateway's history, and where nobody serves one, from what devices report as it changes. Called by
/// one thread at a time.
final class Readings {
    /// History is asked for so much at a time: a day of one reading in 17 seconds.
    private static final Duration CHUNK = Duration.ofDays(1);
    private static final int POINTS = 5_000;
    /// Reported values kept where there is no history: three days of one in five minutes, 40 KB a sensor.
    private static final int KEPT_MAX = 900;
    private static final int NOT_FOUND = 404;

    private final ApiClient client;
    private final Cache<Device> devices;
    private final Map<Sensor, Deque<Told>> kept = new HashMap<>();

    private record Told(Instant at, double value) { }

    Readings(ApiClient client, Cache<Device> devices) {
        this.client = client;
        this.devices = devices;
    }

    /// What was said since, in the sensor's own unit and on the batch's time.
    /// @throws ApiException when the history may not be read
    List<Reading> since(Sensor sensor, Instant from, Instant to, BatchClock clock) {
        var told = new ArrayList<Told>();
        try {
            for (var start = from; start.isBefore(to); start = start.plus(CHUNK)) {
                var end = start.plus(CHUNK);
                told.addAll(history(sensor, start, end.isBefore(to) ? end : to));
            }
        } catch (ApiException none) {
            if (none.code() != NOT_FOUND) throw none;
            told.addAll(reported(sensor, from));
        }
        return told.stream().map(each -> new Reading(clock.seconds(each.at()), each.value())).toList();
    }

    private List<Told> history(Sensor sensor, Instant from, Instant to) {
        var path = "/apis/gateway.oikos.home/v1alpha1/namespaces/%s/devices/%s/history?property=%s&from=%s&to=%s&points=%d".formatted(
                sensor.device().namespace(), sensor.device().name(), URLEncoder.encode(sensor.property(), StandardCharsets.UTF_8), from, to,
                        POINTS);
        var told = new ArrayList<Told>();
        for (var sample : client.raw(path).at("properties").at(0).at("samples").array()) {
            told.add(new Told(Instant.ofEpochMilli(sample.at(0).integer(0L)), sample.at(1).decimal(Double.NaN)));
        }
        return told;
    }

    private List<Told> reported(Sensor sensor, Instant from) {
        var all = kept.computeIfAbsent(sensor, _ -> new ArrayDeque<>());
        var said = devices.get(sensor.device()).map(device -> device.reported().at(sensor.property())).orElse(Json.NULL);
        var at = Times.read(said.at("observedTime"));
        if (at.isPresent() && (all.isEmpty() || !all.getLast().at().equals(at.get()))) all.add(new Told(at.get(),
                said.at("value").decimal(Double.NaN)));
        while (all.size() > KEPT_MAX) all.removeFirst();
        return all.stream().filter(each -> !each.at().isBefore(from)).toList();
    }
}
