package home.oikos.dice;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.controller.Condition;
import home.oikos.controller.Times;
import java.time.Instant;

/// What an EntropySource's status says. Written when the state changes and never for a count: those are asked of [DiceApi].
final class SourceStatus {
    private SourceStatus() { }

    static JsonObject of(EntropySource source, Pipeline pipeline, Json before, Instant now) {
        var state = pipeline.state();
        var failure = pipeline.trouble().<Json>map(SourceStatus::failure).orElse(before.at("lastFailure"));
        var cutoffs = Cutoffs.of(source.claim());
        var status = JsonObject.of("observedGeneration", source.generation(), "observedReset", source.reset().isEmpty() ? null : source.reset(),
                "state", state.word(), "stateSinceTime", Times.text(state.since()), "alarms", state.alarms(), "message", message(source, state),
                "retryTime", retryTime(state), "lastFailure", failure.isNull() ? null : failure,
                "cutoffs", JsonObject.of("repetition", cutoffs.repetition(), "proportion", cutoffs.proportion(), "prediction", cutoffs.prediction(),
                        "windowSamples", cutoffs.window()));
        boolean healthy = state instanceof SourceState.Healthy;
        var condition = Condition.of("Healthy", healthy, healthy ? "TestsPass" : reason(state), message(source, state));
        return status.with("conditions", condition.in(before.at("conditions"), now));
    }

    /// A source that asks for what cannot be.
    static JsonObject invalid(long generation, String why, Json before, Instant now) {
        var condition = Condition.of("Healthy", false, "Invalid", why);
        return JsonObject.of("observedGeneration", generation, "state", "Failed", "message", why, "conditions", condition.in(before.at("conditions"), now));
    }

    private static String reason(SourceState state) {
        return switch (state) {
            case SourceState.Suspect(_, _, var why) -> why.reason();
            case SourceState.Failed(_, _, var why, _) -> why.reason();
            case SourceState.Starting _ -> "Starting";
            case SourceState.Healthy _ -> "TestsPass";
        };
    }

    private static String message(EntropySource source, SourceState state) {
        return switch (state) {
            case SourceState.Starting _ -> "its first %,d samples are tested and thrown away".formatted(HealthTests.START_UP_SAMPLES);
            case SourceState.Healthy _ -> "every sample is tested; it adds to the system's random numbers";
            case SourceState.Suspect(_, _, var why) -> why.message() + "; it starts anew, and gives nothing meanwhile";
            case SourceState.Failed(_, _, var why, var retry) when retry.equals(Instant.MAX) ->
                    why.message() + "; mend it, then: oikos entropy reset " + source.key().name();
            case SourceState.Failed(_, _, var why, _) -> why.message() + "; random numbers are the system's alone, as good as without it";
        };
    }

    private static String retryTime(SourceState state) {
        return state instanceof SourceState.Failed failed && !failed.retryTime().equals(Instant.MAX) && failed.retryTime().isAfter(failed.since())
                ? Times.text(failed.retryTime()) : null;
    }

    private static JsonObject failure(Pipeline.Trouble trouble) {
        return JsonObject.of("time", Times.text(trouble.at()), "reason", trouble.why().reason(), "message", trouble.why().message());
    }

    /// Where a source goes on after a restart: one that only a person may bring back stays failed.
    static SourceState first(EntropySource source, Json status, Instant now) {
        boolean same = status.at("observedGeneration").integer(-1L) == source.generation() && status.at("observedReset").text("").equals(source.reset());
        int alarms = same ? status.at("alarms").integer(0) : 0;
        if (!status.at("state").text("").equals("Failed") || alarms < source.comeback().alarmsMax() || alarms == 0)
            return new SourceState.Starting(now, alarms);
        var failure = status.at("lastFailure");
        return new SourceState.Failed(Times.read(failure.at("time")).orElse(now), alarms,
                new Alarm(failure.at("reason").text("Failed"), failure.at("message").text("it failed before the restart")), Instant.MAX);
    }
}
