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
import java.util.List;

/// Tells the house, on its thread, what the API says of devices, models, interlocks and of the rules that read devices.
final class ApiListener {
    private final Cache<DeviceSpec> devices;
    private final Cache<ModelSpec> models;
    private final Cache<InterlockSpec> interlocks;
    private final Cache<JsonObject> firmwares;
    private final Cache<Watched> reactions;
    private final Cache<Watched> scalers;
    private final CelPrograms workloads;
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
    }

    void awaitSynced() throws InterruptedException {
        for (var cache : List.of(devices, models, firmwares, interlocks, reactions, scalers)) cache.awaitSynced();
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
        gateway.house().watch(Watched.all(workloads, reactions.all(), scalers.all()));
    }
}
