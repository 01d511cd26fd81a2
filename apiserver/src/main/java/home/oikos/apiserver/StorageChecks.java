package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// Validation of StorageClasses and of what drivers tell of themselves.
final class StorageChecks {
    private static final int DRIVER_NAME_LENGTH_MAX = 63;

    private StorageChecks() { }

    static void storageClass(JsonObject object, FieldErrors errors) {
        errors.tell("provisioner");
        qualified(object.at("provisioner"), "provisioner", errors);
        for (var name : object.at("parameters").object().names()) {
            if (name.isEmpty()) errors.invalid("parameters", name, "field can not be empty.");
        }
        errors.supported(object.at("reclaimPolicy"), "reclaimPolicy", "Delete", "Retain");
        errors.tell("volumeBindingMode");
    }

    /// What provides storage is named like a label, but letters may be large.
    private static void qualified(Json name, String path, FieldErrors errors) {
        var text = name.text("");
        if (!text.isEmpty()) errors.invalid(path, text, LabelSyntax.keyError(text.toLowerCase(Locale.ROOT)));
    }

    static void unchanged(JsonObject object, JsonObject old, FieldErrors errors, String... paths) {
        for (var path : paths) errors.immutable(path, object, old);
    }

    private static void driver(String name, String path, FieldErrors errors) {
        if (name.isEmpty()) errors.add(FieldError.required(path));
        else if (name.length() > DRIVER_NAME_LENGTH_MAX) errors.add(FieldError.tooLong(path, DRIVER_NAME_LENGTH_MAX));
        else errors.invalid(path, name, NameSyntax.subdomainError(name.toLowerCase(Locale.ROOT)));
    }

    static void csiDriver(JsonObject object, FieldErrors errors) {
        driver(object.at("metadata", "name").text(""), "metadata.name", errors);
        var spec = object.at("spec");
        FieldErrors.each(spec.at("volumeLifecycleModes"), "spec.volumeLifecycleModes", (mode, at) -> {
            if (!List.of("Ephemeral", "Persistent").contains(mode.text(""))) errors.add(FieldError.notSupported("spec.volumeLifecycleModes",
                    mode, List.of("Ephemeral", "Persistent")));
        });
        errors.supported(spec.at("fsGroupPolicy"), "spec.fsGroupPolicy", "File", "None", "ReadWriteOnceWithFSType");
        var audiences = new HashSet<String>();
        FieldErrors.each(spec.at("tokenRequests"), "spec.tokenRequests", (request, at) -> {
            var audience = request.at("audience").text("");
            if (!audiences.add(audience)) errors.add(FieldError.duplicate(at + ".audience", audience));
            var seconds = request.at("expirationSeconds");
            if (seconds.isPresent() && seconds.integer(0L) < 600) errors.invalid(at + ".expirationSeconds", seconds,
                    "may not specify a duration less than 10 minutes");
        });
    }

    static void csiNode(Json spec, FieldErrors errors) {
        var names = new HashSet<String>();
        errors.forget("spec");
        FieldErrors.each(spec.at("drivers"), "spec.drivers", (each, at) -> {
            var name = each.at("name").text("");
            driver(name, at + ".name", errors);
            if (each.at("nodeID").text("").isEmpty()) errors.add(FieldError.required(at + ".nodeID"));
            if (!name.isEmpty() && !names.add(name)) errors.add(FieldError.duplicate(at + ".name", name));
            errors.notNegative(each.at("allocatable", "count"), at + ".allocatable.count");
            for (var key : each.at("topologyKeys").array()) errors.invalid(at + ".topologyKeys", key, LabelSyntax.keyError(key.text("")));
        });
    }

    static void attachment(Json spec, FieldErrors errors) {
        errors.forget("spec");
        driver(spec.at("attacher").text(""), "spec.attacher", errors);
        var inline = spec.at("source", "inlineVolumeSpec").isPresent();
        var name = spec.at("source", "persistentVolumeName");
        if (inline == name.isPresent()) errors.add(inline
                ? FieldError.forbidden("spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName")
                : FieldError.required("spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName"));
        else if (!inline && name.text("").isEmpty()) {
            errors.add(FieldError.required("spec.source.persistentVolumeName", "must specify non empty persistentVolumeName"));
        }
        var node = spec.at("nodeName").text("");
        errors.invalid("spec.nodeName", node, NameSyntax.subdomainError(node));
    }

    static void attributesClass(JsonObject object, FieldErrors errors) {
        errors.forget("driverName");
        driver(object.at("driverName").text(""), "driverName", errors);
        if (object.at("parameters").object().isEmpty()) {
            errors.add(FieldError.required("parameters", "must contain at least one key/value pair"));
        }
    }

    static void capacity(JsonObject object, FieldErrors errors) {
        errors.tell("storageClassName");
        var name = object.at("storageClassName").text("");
        if (!name.isEmpty()) errors.invalid("storageClassName", name, NameSyntax.subdomainError(name));
        if (object.at("nodeTopology").isPresent()) SelectorChecks.check(object.at("nodeTopology"), "nodeTopology", errors);
        for (var amount : List.of("capacity", "maximumVolumeSize")) LimitChecks.notNegative(object.at(amount), amount, errors);
    }
}
