package home.oikos.firmware;

import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.controller.Condition;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.time.Clock;
import java.time.Instant;

/// Says of each Firmware whether its bytes are here and whether it is believed.
final class FirmwareReconciler implements Reconciler {
    private final ApiClient client;
    private final Cache<Firmware> firmwares;
    private final Cache<Signers> signers;
    private final ContentStore store;
    private final Rules rules;
    private final Clock clock;

    FirmwareReconciler(ApiClient client, Cache<Firmware> firmwares, Cache<Signers> signers, ContentStore store, Rules rules, Clock clock) {
        this.client = client;
        this.firmwares = firmwares;
        this.signers = signers;
        this.store = store;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var known = firmwares.get(key);
        if (known.isEmpty()) return Outcome.SETTLED;
        var now = clock.instant();
        tell(known.get(), now);
        return known.get().expires().filter(end -> end.isAfter(now)).map(end -> Outcome.checkAt(end, now)).orElse(Outcome.SETTLED);
    }

    private void tell(Firmware firmware, Instant now) {
        var object = client.find(Firmware.RESOURCE, firmware.key());
        if (object.isEmpty()) return;
        var before = object.get().at("status").object();
        var conditions = verified(firmware, now).in(stored(firmware).in(before.at("conditions"), now), now);
        var status = before.with("observedGeneration", object.get().at("metadata", "generation").integer(0L)).with("conditions", conditions);
        if (!status.equals(before)) client.updateStatus(Firmware.RESOURCE, object.get().object().with("status", status));
    }

    private Condition stored(Firmware firmware) {
        var content = store.find(firmware.sha256());
        if (content.isEmpty()) return Condition.of("Stored", false, "Missing", "its bytes are not here yet; ./oikos firmware push brings them");
        boolean whole = content.get().sizeBytes() == firmware.sizeBytes();
        return whole ? Condition.of("Stored", true, "Stored", "its bytes are here")
                : Condition.of("Stored", false, "WrongSize", "it says it has %d bytes, and bytes of that digest are %d".formatted(firmware.sizeBytes(),
                        content.get().sizeBytes()));
    }

    private Condition verified(Firmware firmware, Instant now) {
        var of = signers.get(ObjectKey.clusterScoped(firmware.modelName()));
        if (of.isEmpty()) return Condition.of("Verified", false, "NoModel", "there is no DeviceModel " + firmware.modelName());
        return rules.disbelief(firmware, of.get(), now).map(why -> Condition.of("Verified", false, why.reason(), why.message()))
                .orElseGet(() -> Condition.of("Verified", true, "Signed", "signed as model %s asks for".formatted(firmware.modelName())));
    }
}
