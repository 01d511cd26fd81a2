package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelPrograms;
import home.oikos.client.Cache;
import home.oikos.client.Informer;
import home.oikos.controller.Condition;
import home.oikos.controller.ControllerGroup;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/// Tells the house, on its thread, what the API says of devices, models, interlocks and of the rules that read devices.
final class ApiListener {
    private final Cache<DeviceSpec> devices;
    private final Cache<ModelSpec> models;
    private final Cache<InterlockSpec> interlocks;
    private final Cache<JsonObject> firmwares;
    private final Cache<Watched> reactions;
    private final Cache<Watched> scalers;
    private final Cache<RolloutSpec> rollouts;
    private final CelPrograms workloads;
    private final CelPrograms aboutDevice = CelPrograms.aboutDevice();
    private final Inbox inbox;
    private final Gateway gateway;

    /// @param group not started yet
    ApiListener(ControllerGroup group, CelPrograms workloads, Inbox inbox, Gateway gateway) {
        this.devices = group.watch(Informer.Scope.all(Kinds.DEVICES), DeviceSpec::read);
        this.models = group.watch(Informer.Scope.all(Kinds.DEVICE_MODELS), ModelSpec::read);
        this.interlocks = group.watch(Informer.Scope.all(Kinds.INTERLOCKS), InterlockSpec::read);
        this.firmwares = group.watch(Informer.Scope.all(Kinds.FIRMWARES), ApiListener::firmware);
        this.reactions = group.watch(Informer.Scope.all(Kinds.REACTIONS), Watched::ofReaction);
        this.scalers = group.watch(Informer.Scope.all(Kinds.SCALERS), Watched::ofScaler);
        this.rollouts = group.watch(Informer.Scope.all(Kinds.FIRMWARE_ROLLOUTS), RolloutSpec::read);
        this.workloads = workloads;
        this.inbox = inbox;
        this.gateway = gateway;
    }

    void listen() {
        models.onChange((key, _, model) -> inbox.say(now -> model(key, model, now)));
        interlocks.onChange((key, _, interlock) -> inbox.say(now -> gateway.interlock(key, interlock, now)));
        devices.onChange((key, _, device) -> inbox.say(now -> gateway.device(key, device, now)));
        firmwares.onChange((key, _, firmware) -> inbox.say(now -> firmware(key, firmware, now)));
        reactions.onChange((_, _, _) -> inbox.say(_ -> watch()));
        scalers.onChange((_, _, _) -> inbox.say(_ -> watch()));
        rollouts.onChange((key, _, rollout) -> inbox.say(now -> rollout(key, rollout, now)));
        devices.onChange((_, before, after) -> {
            if (before == null || after == null || !before.labels().equals(after.labels())) inbox.say(_ -> watchRollouts());
        });
    }

    void awaitSynced() throws InterruptedException {
        for (var cache : List.of(devices, models, firmwares, interlocks, reactions, scalers, rollouts)) cache.awaitSynced();
    }

    private void model(ObjectKey key, ModelSpec model, Instant now) {
        if (model == null) gateway.house().removeModel(key.name(), now);
        else gateway.house().put(model, now);
    }

    /// Of its status nothing would be believed; but that its bytes have arrived is a reason to ask for them again.
    private static JsonObject firmware(Json object) {
        return object.object().without("status").with("stored", Condition.isTrue(object.at("status", "conditions"), "Stored")).with("metadata",
                JsonObject.of("name", object.at("metadata", "name"),
                "namespace", object.at("metadata", "namespace"), "uid", object.at("metadata", "uid")));
    }

    private void firmware(ObjectKey key, JsonObject firmware, Instant now) {
        if (firmware == null) gateway.house().removeFirmware(key, now);
        else gateway.house().put(key, firmware, now);
    }

    private void watch() {
        var all = new HashSet<>(Watched.all(workloads, reactions.all(), scalers.all()));
        var selected = rollouts.all().stream().map(rollout -> Watched.ofRollout(rollout, devices.all())).toList();
        // Without a rollout the second set of programs is never loaded.
        all.addAll(Watched.all(aboutDevice, selected));
        gateway.house().watch(all);
    }

    private void rollout(ObjectKey key, RolloutSpec rollout, Instant now) {
        if (rollout == null) gateway.house().removeRollout(key, now);
        else gateway.house().put(rollout, now);
        watch();
    }

    /// Which devices are meant by `self` may have changed.
    private void watchRollouts() {
        if (!rollouts.all().isEmpty()) watch();
    }
}
