package home.oikos.brewery;

import java.util.List;

/// Readings as they came from a sensor, those that make sense apart from those that do not.
///
/// @param complaint what is wrong with most of them, in words; empty when nothing is
record Intake(List<Reading> readings, String complaint) {
    static final Intake NONE = new Intake(List.of(), "");

    Intake {
        readings = List.copyOf(readings);
    }

    /// One reading as told: batch seconds and the value in the sensor's own unit.
    static Intake of(Sensor sensor, List<Reading> told) {
        var good = told.stream().map(each -> new Reading(each.batchSeconds(), sensor.convert(each.value())))
                .filter(each -> sensor.isPlausible(each.value())).toList();
        return new Intake(good, good.size() * 2 > told.size() || told.isEmpty() ? "" : complaint(sensor, told.getLast().value()));
    }

    private static String complaint(Sensor sensor, double told) {
        return "%s of %s is told as %s %s, which makes no sense%s".formatted(sensor.property(), sensor.device().name(), told, sensor.unit(),
                sensor.guess(told));
    }
}
