package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Quantity;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A thermostat's state in `status.control`, and back after a restart.
final class ThermostatForm {
    private ThermostatForm() { }

    /// Figures are rounded to what matters, or each reading would be a write.
    static JsonObject of(ThermostatSpec spec, ThermostatState state) {
        return JsonObject.of("state", state.phase().name(), "message", state.message(), "sinceTime", Status.time(state.since()),
                "untilTime", state.until().map(Status::time).orElse(null), "target", spec.target().map(Thermostat::figure).orElse(null),
                "chamberTarget", spec.isCascade() ? state.goal().map(goal -> rounded(goal, 1)).orElse(null) : null,
                "heatOvershoot", learned(state.heatOvershoot(), 1), "coolOvershoot", learned(state.coolOvershoot(), 1),
                "integral", learned(state.integral(), 2), "peak", state.peak().map(ThermostatForm::peak).orElse(null));
    }

    private static String learned(double value, int parts) {
        return Math.abs(value) < 0.5 / parts ? null : rounded(value, parts);
    }

    private static String rounded(double value, int parts) {
        return new Value.Number(Math.rint(value * parts) / parts).toString();
    }

    /// The extreme moves with each reading and is measured again; the rest is as it was when heating or cooling ended.
    private static JsonObject peak(ThermostatState.Peak peak) {
        return JsonObject.of("side", peak.side().name(), "expected", rounded(peak.expected(), 100), "sinceTime", Status.time(peak.since()),
                "actedSeconds", peak.acted().toSeconds());
    }

    /// @param past when something in status was, by the clock of now
    static ThermostatState read(JsonObject control, Function<Json, Instant> past, Instant now) {
        if (!control.has("state")) return ThermostatState.initial(now);
        var initial = ThermostatState.initial(now);
        var phase = Stream.of(ThermostatState.Phase.values()).filter(each -> each.name().equals(control.at("state").text("")))
                .findFirst().orElse(initial.phase());
        return new ThermostatState(phase, control.at("message").text(""), past.apply(control.at("sinceTime")), Optional.empty(),
                Quantity.decimal(control.at("heatOvershoot"), 0), Quantity.decimal(control.at("coolOvershoot"), 0),
                Quantity.decimal(control.at("integral"), 0), now, Optional.empty(), peak(control.at("peak"), past));
    }

    private static Optional<ThermostatState.Peak> peak(Json json, Function<Json, Instant> past) {
        if (!json.isPresent()) return Optional.empty();
        var side = json.at("side").text("").equals(Side.COOL.name()) ? Side.COOL : Side.HEAT;
        double expected = Quantity.decimal(json.at("expected"), 0);
        // Too short to learn from: nobody watched in between.
        return Optional.of(new ThermostatState.Peak(side, expected, expected, past.apply(json.at("sinceTime")), Duration.ZERO));
    }
}
