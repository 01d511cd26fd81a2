package home.oikos.gateway;

import home.oikos.api.ObjectKey;
import home.oikos.driver.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The readings of all devices: the last hour or so in memory, and a compressed history on disk. Any thread may use it.
public final class Telemetry implements AutoCloseable {
    /// Series kept in memory. 200 devices have some 1,000 properties; a ring is 16 KB, so this bounds memory at 64 MB that a home never meets.
    static final int SERIES_MAX = 4_000;

    private final Map<Series, Ring> rings = new TreeMap<>();
    private final Optional<History> history;

    /// @param history where to keep what leaves memory; empty to keep nothing
    public Telemetry(Optional<History> history) {
        this.history = history;
    }

    /// Takes a reading that was believed. A Boolean is 0 or 1; an Enum is the place of its value in the model; text is not kept.
    void add(ObjectKey device, PropertyModel property, Value value, Instant now) {
        var number = number(property, value);
        if (number.isPresent()) add(new Series(device, property.name()), new Sample(now.toEpochMilli(), number.get()));
    }

    private static Optional<Double> number(PropertyModel property, Value value) {
        return switch (value) {
            case Value.Bool(var on) -> Optional.of(on ? 1.0 : 0.0);
            case Value.Number(var amount) -> Optional.of(amount);
            case Value.Text(var text) -> property.values().contains(text) ? Optional.of((double) property.values().indexOf(text)) : Optional.empty();
        };
    }

    private void add(Series series, Sample sample) {
        synchronized (rings) {
            var ring = rings.get(series);
            if (ring == null) {
                if (rings.size() >= SERIES_MAX) return;
                rings.put(series, ring = new Ring());
            }
            ring.add(sample);
        }
        history.ifPresent(kept -> kept.add(series, sample));
    }

    void forget(ObjectKey device) {
        synchronized (rings) {
            rings.keySet().removeIf(series -> series.device().equals(device));
        }
    }

    /// What is in memory of one property, oldest first.
    List<Sample> recent(Series series) {
        synchronized (rings) {
            var ring = rings.get(series);
            return ring == null ? List.of() : ring.samples();
        }
    }

    /// The properties of a device that have readings in memory.
    List<String> properties(ObjectKey device) {
        synchronized (rings) {
            return rings.keySet().stream().filter(series -> series.device().equals(device)).map(Series::property).toList();
        }
    }

    /// Every reading between two instants, from memory where it reaches back far enough, otherwise from disk.
    List<Sample> range(Series series, Instant from, Instant to) {
        var recent = recent(series);
        if (history.isEmpty() || !recent.isEmpty() && recent.getFirst().millis() <= from.toEpochMilli()) return within(recent, from, to);
        try {
            return within(history.get().read(series, from, to), from, to);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<Sample> within(List<Sample> samples, Instant from, Instant to) {
        return samples.stream().filter(sample -> sample.millis() >= from.toEpochMilli() && sample.millis() <= to.toEpochMilli()).toList();
    }

    /// The last reading of every series.
    Map<Series, Sample> latest() {
        var latest = new TreeMap<Series, Sample>();
        synchronized (rings) {
            rings.forEach((series, ring) -> latest.put(series, ring.last()));
        }
        return latest;
    }

    /// The last reading of every series, as Prometheus reads it.
    public String metrics() {
        var text = new StringBuilder();
        var latest = latest();
        head(text, "oikos_device_property", "The last reading of a device; true is 1, a word its place in the model.");
        latest.forEach((series, sample) -> line(text, "oikos_device_property", series, Double.toString(sample.value())));
        head(text, "oikos_device_property_time_seconds", "When it was read, in seconds since 1970: an old reading is no reading.");
        latest.forEach((series, sample) -> line(text, "oikos_device_property_time_seconds", series,
                BigDecimal.valueOf(sample.millis(), 3).toPlainString()));
        return text.toString();
    }

    private static void head(StringBuilder text, String name, String explanation) {
        text.append("# HELP ").append(name).append(' ').append(explanation).append("\n# TYPE ").append(name).append(" gauge\n");
    }

    private static void line(StringBuilder text, String name, Series series, String value) {
        text.append(name).append("{namespace=\"").append(series.device().namespace()).append("\",device=\"").append(series.device().name())
                .append("\",property=\"").append(label(series.property())).append("\"} ").append(value).append('\n');
    }

    /// Names of objects are harmless; what a model calls a property is any text.
    private static String label(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public void close() {
        history.ifPresent(History::close);
    }
}
