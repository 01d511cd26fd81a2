package home.oikos.rollout;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.controller.Condition;
import home.oikos.controller.Times;
import home.oikos.home.Device;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// What rollouts see of a Device.
///
/// @param away whether it is known not to be there
/// @param heard when it last said something; the epoch when never
/// @param seen what expressions see of it
record Appliance(ObjectKey key, Map<String, String> labels, String modelName, Wish wish, Update update, boolean away, Instant heard, Device seen) {
    /// The one reader of a group, so that all who read alike share one cache.
    static final Function<Json, Appliance> READER = Appliance::read;

    Appliance {
        labels = Map.copyOf(labels);
    }

    static Appliance read(Json device) {
        var labels = new TreeMap<String, String>();
        device.at("metadata", "labels").object().members().forEach((name, value) -> labels.put(name, value.text("")));
        var status = device.at("status");
        boolean away = Condition.find(status.at("conditions"), "Online").filter(online -> online.at("status").text("").equals("False")).isPresent();
        return new Appliance(ObjectKey.of(device), labels, device.at("spec", "modelName").text(""), Wish.read(device.at("spec", "firmware")),
                Update.read(status.at("firmware")), away, Times.read(status.at("heardTime")).orElse(Instant.EPOCH), Device.read(device));
    }

    String name() {
        return key.name();
    }

    /// What it last said it runs, though nobody may know whether it still does.
    String version() {
        return update.version();
    }

    boolean runs(String version) {
        return update.runs(version);
    }

    /// Whether it was asked to run something, or is at it, and that is not over.
    boolean isBusy() {
        return update.inWork() || !wish.isNothing() && !wish.equals(update.of());
    }

    /// Whether the home cannot count on it now: it is away, under way, or did not come back. An offer that the gateway holds back takes nothing away.
    boolean isDown() {
        return away || isBusy() && !update.isHeldBack() || isSilent();
    }

    /// Whether it took an image up and was not heard of since.
    boolean isSilent() {
        return update.unconfirmed().filter(since -> !heard.isAfter(since)).isPresent();
    }
}
