package home.oikos.home;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.api.Quantity;
import home.oikos.base.Cron;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/// What may ask for a number of replicas.
sealed interface ScaleTrigger {
    int replicas();

    /// A window that opens and closes by the clock.
    record Schedule(int replicas, String start, String end, String timeZone) implements ScaleTrigger {
        /// Open when it was last opened later than it was last closed.
        boolean isOpen(Instant now) {
            var local = now.atZone(zone());
            var opened = Cron.parse(start).previous(local);
            var closed = Cron.parse(end).previous(local);
            return opened.isPresent() && (closed.isEmpty() || opened.get().isAfter(closed.get()));
        }

        Optional<Instant> nextChange(Instant now) {
            var local = now.atZone(zone());
            return Stream.of(start, end).flatMap(cron -> Cron.parse(cron).next(local).stream()).map(time -> time.toInstant()).min(Instant::compareTo);
        }

        private ZoneId zone() {
            try {
                return ZoneId.of(timeZone);
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException("\"" + timeZone + "\" is no time zone; write it as Europe/Berlin");
            }
        }
    }

    /// A property beyond a threshold.
    ///
    /// @param above whether it is active above the threshold, otherwise below
    /// @param hysteresis how far back the value must come before it is over
    record Telemetry(int replicas, ObjectKey device, String property, boolean above, double threshold, double hysteresis) implements ScaleTrigger {
        boolean isActive(double value, boolean was) {
            double edge = !was ? threshold : above ? threshold - hysteresis : threshold + hysteresis;
            return above ? value > edge : value < edge;
        }
    }

    static ScaleTrigger read(Json json, String namespace) {
        int replicas = json.at("replicas").integer(0);
        var schedule = json.at("schedule");
        if (schedule.isPresent()) {
            return new Schedule(replicas, schedule.at("start").text(""), schedule.at("end").text(""), schedule.at("timeZone").text("UTC"));
        }
        var telemetry = json.at("telemetry");
        boolean above = telemetry.at("above").isPresent();
        return new Telemetry(replicas, TargetRef.key(namespace, telemetry.at("deviceName").text("")), telemetry.at("property").text(""), above,
                Quantity.decimal(telemetry.at(above ? "above" : "below"), Double.NaN), Quantity.decimal(telemetry.at("hysteresis"), 0));
    }
}
