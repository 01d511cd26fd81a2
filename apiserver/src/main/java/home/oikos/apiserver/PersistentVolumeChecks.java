package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Quantity;
import java.util.List;
import java.util.Set;

/// Validation of PersistentVolumes.
final class PersistentVolumeChecks {
    /// What of a spec is not where the volume lies.
    private static final Set<String> NO_SOURCE = Set.of("accessModes", "capacity", "claimRef", "mountOptions", "nodeAffinity",
            "persistentVolumeReclaimPolicy", "storageClassName", "volumeAttributesClassName", "volumeMode");

    private PersistentVolumeChecks() { }

    static void check(Json spec, FieldErrors errors) {
        if (spec.at("accessModes").array().isEmpty()) errors.add(FieldError.required("spec.accessModes"));
        ClaimChecks.modes(spec.at("accessModes"), "spec.accessModes", errors);
        capacity(spec.at("capacity"), errors);
        errors.tell("spec.persistentVolumeReclaimPolicy");
        var sources = sources(spec);
        for (var more : sources.names().stream().skip(1).toList()) {
            errors.add(FieldError.forbidden("spec." + more, "may not specify more than 1 volume type"));
        }
        if (sources.isEmpty()) errors.add(FieldError.required("spec", "must specify a volume type"));
        hostPath(spec, errors);
        ClaimChecks.className(spec, "spec", errors);
        errors.tell("spec.volumeMode");
    }

    private static void capacity(Json capacity, FieldErrors errors) {
        if (capacity.object().isEmpty()) errors.add(FieldError.required("spec.capacity"));
        if (capacity.at("storage").isNull() || capacity.object().size() > 1) {
            errors.add(FieldError.notSupported("spec.capacity", capacity, List.of("storage")));
        }
        capacity.object().members().forEach((name, amount) -> {
            var path = "spec.capacity[" + name + "]";
            Quantity.of(amount).filter(q -> q.compareTo(Quantity.ZERO) < 0)
                    .ifPresent(q -> errors.invalid(path, q.amount().longValue(), "must be a valid resource quantity"));
            ClaimChecks.positive(amount, path, errors);
        });
    }

    private static void hostPath(Json spec, FieldErrors errors) {
        if (spec.at("hostPath").isNull()) return;
        errors.tell("spec.hostPath");
        var path = spec.at("hostPath", "path").text("");
        errors.invalid("spec.hostPath.path", path, LocalPath.climbError(path));
        if (path.equals("/") && spec.at("persistentVolumeReclaimPolicy").text("").equals("Recycle")) {
            errors.add(FieldError.forbidden("spec.persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'"));
        }
    }

    private static JsonObject sources(Json spec) {
        var sources = spec.object();
        for (var name : NO_SOURCE) sources = sources.without(name);
        return sources;
    }

    static void change(JsonObject object, JsonObject old, FieldErrors errors) {
        check(object.at("spec"), errors);
        if (!sources(object.at("spec")).equals(sources(old.at("spec")))) {
            errors.add(FieldError.forbidden("spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation"));
        }
        if (!object.at("spec", "volumeMode").equals(old.at("spec", "volumeMode"))) {
            errors.invalid("volumeMode", object.at("spec", "volumeMode"), "field is immutable");
        }
        var affinity = old.at("spec", "nodeAffinity");
        if (affinity.isPresent() && !affinity.equals(object.at("spec", "nodeAffinity"))) {
            errors.invalid("nodeAffinity", object.at("spec", "nodeAffinity"), "field is immutable");
        }
    }
}
