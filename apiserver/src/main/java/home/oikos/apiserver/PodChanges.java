package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.List;

/// Which changes of a pod's spec are allowed: images, a shorter deadline, more tolerations, gates that open.
final class PodChanges {
    private PodChanges() { }

    static void check(JsonObject object, JsonObject old, List<FieldError> errors) {
        var spec = object.at("spec").object();
        var before = old.at("spec").object();
        if (spec.at("containers").array().size() != before.at("containers").array().size()) {
            errors.add(FieldError.forbidden("spec.containers", "pod updates may not add or remove containers"));
            return;
        }
        deadline(spec.at("activeDeadlineSeconds"), before.at("activeDeadlineSeconds"), errors);
        checkTolerations(spec.at("tolerations").array(), before.at("tolerations").array(), errors);
        gates(spec.at("schedulingGates"), before.at("schedulingGates"), errors);
        var gated = !before.at("schedulingGates").array().isEmpty();
        if (gated) selector(spec.at("nodeSelector"), before.at("nodeSelector").object(), errors);
        if (!masked(gated ? withSelector(spec, before) : spec, before).equals(before)) errors.add(FieldError.forbidden("spec",
                "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing "
                + "tolerations),`spec.terminationGracePeriodSeconds`"
                + " (allow it to be set to 1 if it was previously negative)"));
    }

    /// It may only get shorter: whoever waits for the pod counts on it.
    private static void deadline(Json deadline, Json before, List<FieldError> errors) {
        if (before.isNull()) return;
        if (deadline.isNull()) {
            errors.add(FieldError.invalid("spec.activeDeadlineSeconds", deadline,
                    "must not update from a positive integer to nil value"));
        } else if (deadline.integer(0L) > before.integer(0L)) {
            errors.add(FieldError.invalid("spec.activeDeadlineSeconds", deadline, "must be less than or equal to previous value"));
        }
    }

    private static void gates(Json gates, Json before, List<FieldError> errors) {
        var known = before.array().elements();
        int index = 0;
        for (var gate : gates.array()) {
            var at = "spec.schedulingGates[" + index++ + "].name";
            if (!known.contains(gate)) errors.add(FieldError.forbidden(at,
                    "only deletion is allowed, but found new scheduling gate '" + gate.at("name").text("") + "'"));
        }
    }

    /// What waits behind a gate may still be told more precisely where to run.
    private static void selector(Json selector, JsonObject before, List<FieldError> errors) {
        var kept = before.members().entrySet().stream().allMatch(e -> selector.at(e.getKey()).equals(e.getValue()));
        if (!kept) errors.add(FieldError.invalid("spec.nodeSelector", selector,
                "only additions to spec.nodeSelector are allowed (no mutations or deletions)"));
    }

    private static JsonObject withSelector(JsonObject spec, JsonObject before) {
        return before.has("nodeSelector") ? spec.with("nodeSelector", before.at("nodeSelector")) : spec.without("nodeSelector");
    }

    /// The spec with all that may change set back.
    private static JsonObject masked(JsonObject spec, JsonObject before) {
        var masked = withImages(withImages(spec, before, "containers"), before, "initContainers");
        for (var field : List.of("activeDeadlineSeconds", "tolerations", "schedulingGates")) {
            masked = before.has(field) ? masked.with(field, before.at(field)) : masked.without(field);
        }
        return masked;
    }

    private static JsonObject withImages(JsonObject spec, JsonObject before, String list) {
        var containers = spec.at(list).array();
        var old = before.at(list).array();
        if (containers.size() != old.size() || containers.isEmpty()) return spec;
        var masked = JsonArray.EMPTY;
        for (int i = 0; i < containers.size(); i++) {
            masked = masked.with(containers.at(i).object().with("image", old.at(i).at("image")));
        }
        return spec.with(list, masked);
    }

    private static void checkTolerations(JsonArray tolerations, JsonArray before, List<FieldError> errors) {
        for (var toleration : before) {
            if (!tolerations.elements().contains(toleration)) {
                errors.add(FieldError.forbidden("spec.tolerations",
                        "existing toleration can not be modified except its tolerationSeconds"));
                return;
            }
        }
    }
}
