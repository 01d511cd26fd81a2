package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Quantity;
import java.util.List;

/// Validation of PersistentVolumeClaims.
final class ClaimChecks {
    private static final List<String> MODES = List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

    private static final String CLAIM = "PersistentVolumeClaim";

    private ClaimChecks() { }

    static void check(Json spec, String path, FieldErrors errors) {
        if (spec.at("selector").isPresent()) SelectorChecks.check(spec.at("selector"), path + ".selector", errors);
        if (spec.at("accessModes").array().isEmpty()) {
            errors.add(FieldError.required(path + ".accessModes", "at least 1 access mode is required"));
        }
        modes(spec.at("accessModes"), path + ".accessModes", errors);
        var storage = spec.at("resources", "requests", "storage");
        if (storage.isNull()) errors.add(FieldError.required(path + ".resources[storage]"));
        else positive(storage, path + ".resources[storage]", errors);
        className(spec, path, errors);
        errors.tell(path + ".volumeMode");
        source(spec, path, errors);
    }

    /// Upstream names the list, not the item.
    static void modes(Json modes, String path, FieldErrors errors) {
        errors.forget(path);
        for (var mode : modes.array()) {
            if (!MODES.contains(mode.text(""))) errors.add(FieldError.notSupported(path, mode, MODES));
        }
        var single = modes.array().stream().anyMatch(m -> m.text("").equals("ReadWriteOncePod"));
        if (single && modes.array().stream().anyMatch(m -> !m.text("").equals("ReadWriteOncePod"))) {
            errors.add(FieldError.forbidden(path, "may not use ReadWriteOncePod with other access modes"));
        }
    }

    static void positive(Json amount, String path, FieldErrors errors) {
        Quantity.of(amount).filter(q -> q.compareTo(Quantity.ZERO) <= 0)
                .ifPresent(q -> errors.invalid(path, q.toString(), "must be greater than zero"));
    }

    static void className(Json spec, String path, FieldErrors errors) {
        var name = spec.at("storageClassName").text("");
        if (!name.isEmpty()) errors.invalid(path + ".storageClassName", name, NameSyntax.subdomainError(name));
    }

    private static void source(Json spec, String path, FieldErrors errors) {
        for (var field : List.of("dataSource", "dataSourceRef")) {
            var source = spec.at(field);
            if (source.isNull()) continue;
            errors.tell(path + "." + field);
            var kind = source.at("kind");
            if (source.at("apiGroup").text("").isEmpty() && !kind.text(CLAIM).equals(CLAIM)) {
                errors.invalid(path + "." + field, kind, "must be '" + CLAIM + "' when referencing the default apiGroup");
            }
        }
    }

    static void change(JsonObject object, JsonObject old, FieldErrors errors) {
        check(object.at("spec"), "spec", errors);
        var before = old.at("spec").object();
        if (!comparable(object.at("spec").object(), before, old).equals(before)) {
            errors.add(FieldError.forbidden("spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"));
        }
        shrunk(object.at("spec", "resources", "requests", "storage"), old, errors);
    }

    /// The spec with what may change set back: who binds names the volume, and what is bound may grow.
    private static JsonObject comparable(JsonObject spec, JsonObject before, JsonObject old) {
        var kept = spec;
        for (var field : List.of("volumeName", "storageClassName")) {
            if (before.at(field).isNull()) kept = kept.without(field);
        }
        if (!old.at("status", "phase").text("").equals("Bound")) return kept;
        kept = before.has("volumeAttributesClassName") ? kept.with("volumeAttributesClassName", before.at("volumeAttributesClassName"))
                : kept.without("volumeAttributesClassName");
        return kept.withAt(before.at("resources", "requests"), "resources", "requests");
    }

    private static void shrunk(Json storage, JsonObject old, FieldErrors errors) {
        var asked = Quantity.of(storage);
        var had = Quantity.of(old.at("spec", "resources", "requests", "storage"));
        var granted = Quantity.of(old.at("status", "capacity", "storage"));
        if (asked.isEmpty() || had.isEmpty() || asked.get().compareTo(had.get()) >= 0) return;
        if (granted.isEmpty() || asked.get().compareTo(granted.get()) <= 0) {
            errors.add(FieldError.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity"));
        }
    }
}
