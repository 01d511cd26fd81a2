package home.oikos.brewery;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.brewery.Stall.State;
import home.oikos.client.ApiClient;
import home.oikos.client.Resource;
import home.oikos.controller.Condition;
import home.oikos.home.Grant;
import home.oikos.home.Hands;
import home.oikos.home.Step;
import home.oikos.home.TargetRef;
import home.oikos.home.Undo;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// What is done to other objects for a batch, with the rights of its ServiceAccount. Each may be done twice and comes to the same.
final class Deeds {
    private static final Resource DEVICES = Resource.namespaced(Fermentation.RESOURCE.apiVersion(), "devices", "Device");
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final ApiClient client;
    private final Hands hands;

    Deeds(ApiClient client, Hands hands) {
        this.client = client;
        this.hands = hands;
    }

    /// What became of a rung.
    record Outcome(State state, String message) { }

    /// Asks the device's control for a temperature.
    /// @return the condition TemperatureFollowed
    Condition follow(Fermentation batch, ObjectKey device, String celsius) {
        var control = client.find(DEVICES, device).orElse(Json.NULL).at("spec", "control");
        try {
            if (!celsius.equals(control.at("target").text(""))) hands.act(batch.actor(), target(device, celsius), "");
        } catch (ApiException refused) {
            if (!isFinal(refused)) throw refused;
            return Condition.of("TemperatureFollowed", false, refused.code() == NOT_FOUND ? "NoDevice" : "Refused", said(batch, refused));
        }
        var mode = control.at("mode").text("Off");
        return mode.equals("Off")
                ? Condition.of("TemperatureFollowed", false, "NoControl",
                "nobody follows it: %s has no spec.control.mode".formatted(device.name()))
                : Condition.of("TemperatureFollowed", true, "Following", "%s holds it.".formatted(device.name()));
    }

    private static Step target(ObjectKey device, String celsius) {
        return new Step.Patch(new TargetRef(DEVICES.apiVersion(), DEVICES.kind(), device),
                JsonObject.of("spec", JsonObject.of("control", JsonObject.of("target", celsius))));
    }

    /// What there is before a rung, for undo; a refusal is met again, and told, when the rung is taken.
    List<? extends Json> before(Fermentation batch, Rung rung, int index) {
        if (!(rung.action() instanceof Rung.Action.Do(var step))) return List.of();
        try {
            return hands.undo(batch.actor(), index, step).stream().map(Undo::json).toList();
        } catch (ApiException refused) {
            if (!isFinal(refused)) throw refused;
            return List.of();
        }
    }

    /// @param warm makes it warmer by so many degrees and says by how many it could
    Outcome take(Fermentation batch, Rung rung, int index, int stall, DoubleUnaryOperator warm) {
        return switch (rung.action()) {
            case Rung.Action.Warm(var by) -> warmed(batch, warm.applyAsDouble(by));
            case Rung.Action.Ask _ -> new Outcome(State.Done, "a person is asked");
            case Rung.Action.Do(Step.Notify _) -> new Outcome(State.Done, "said");
            case Rung.Action.Do(var step) -> step(batch, step, "%s-%s-%d-%d".formatted(batch.key().name(),
                    Long.toString(batch.clock().pitch().getEpochSecond(), Character.MAX_RADIX), stall, index));
        };
    }

    private static Outcome warmed(Fermentation batch, double by) {
        if (by <= 0) return new Outcome(State.Skipped,
                "no room below the yeast's limit of %s °C".formatted(Units.one(batch.recipe().warmest())));
        return new Outcome(State.Done, "%s °C warmer".formatted(Units.one(by)));
    }

    private Outcome step(Fermentation batch, Step step, String jobName) {
        try {
            hands.act(batch.actor(), step, jobName);
            return new Outcome(State.Done, "done");
        } catch (ApiException refused) {
            if (!isFinal(refused)) throw refused;
            return new Outcome(State.Refused, said(batch, refused));
        }
    }

    /// Whether the same again would be refused again.
    private static boolean isFinal(ApiException refused) {
        return refused.code() != 409 && refused.code() < 500;
    }

    private static String said(Fermentation batch, ApiException refused) {
        return refused.code() != FORBIDDEN ? refused.getMessage()
                : refused.getMessage() + ". To allow it: " + Grant.command(batch.key().namespace(), batch.serviceAccountName());
    }

    /// Puts fields back that nobody else has set since, the last one first.
    /// @return how many
    int takeBack(Fermentation batch, JsonArray undoable) {
        int restored = 0;
        for (var json : undoable.elements().reversed()) {
            var undo = Undo.read(json);
            if (undo.step() < batch.ladder().rungs().size()
                    && batch.ladder().rungs().get(undo.step()).action() instanceof Rung.Action.Do(var step)
                    && takeBack(batch, step, undo)) restored++;
        }
        return restored;
    }

    private boolean takeBack(Fermentation batch, Step step, Undo undo) {
        try {
            return hands.takeBack(batch.actor(), step, undo);
        } catch (ApiException refused) {
            if (!isFinal(refused)) throw refused;
            return false;
        }
    }
}
