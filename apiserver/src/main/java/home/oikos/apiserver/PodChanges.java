package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.List;

/// Which changes of a pod's spec are allowed: images, a shorter deadline, more tolerations, gates that open.
final class PodChanges {
    private PodChanges() { }

    static void check(JsonObject object, JsonObject old, List<FieldError> errors) {
        var spec = object.at("spec").object();
        var before = old.at("spec").object();
        if (masked(spec, before).equals(before)) {
            checkTolerations(spec.at("tolerations").array(), before.at("tolerations").array(), errors);
            return;
        }
        errors.add(FieldError.forbidden("spec",
                "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing "
                + "tolerations),`spec.terminationGracePeriodSeconds`"
                + " (allow it to be set to 1 if it was previously negative)"));
    }

    /// The spec with all that may change set back.
    private static JsonObject masked(JsonObject spec, JsonObject before) {
        var masked = withImages(withImages(spec, before, "containers"), before, "initContainers");
        for (var field : List.of("activeDeadlineSeconds", "tolerations", "schedulingGates", "nodeName", "ephemeralContainers")) {
            if (field.equals("ephemeralContainers") && !grew(spec, before)) continue;
            if (field.equals("nodeName") && !before.at("nodeName").text("").isEmpty()) continue;
            masked = before.has(field) ? masked.with(field, before.at(field)) : masked.without(field);
        }
        return masked;
    }

    /// Only their own subresource adds ephemeral containers; it is the only path on which they get here changed.
    private static boolean grew(JsonObject spec, JsonObject before) {
        return spec.at("ephemeralContainers").array().size() > before.at("ephemeralContainers").array().size();
    }

    private static JsonObject withImages(JsonObject spec, JsonObject before, String list) {
        var containers = spec.at(list).array();
        var old = before.at(list).array();
        if (containers.size() != old.size() || containers.isEmpty()) return spec;
        var masked = JsonArray.EMPTY;
        for (int i = 0; i < containers.size(); i++) {
            masked = masked.with(containers.at(i).object().with("image", old.at(i).at("image"))
                    .with("resources", old.at(i).at("resources")));
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
