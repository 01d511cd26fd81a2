package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// What is special about Pods: they stop before they go, and hardly anything of their spec may change.
final class PodRules extends PlainRules {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    /// Absent means false to a selector.
    private static final List<String> BOOLEAN_SELECTORS = List.of("spec.hostNetwork");

    private static final JsonObject GATED = JsonObject.of("type", "PodScheduled", "status", "False", "lastProbeTime", Json.NULL,
            "reason", "SchedulingGated",
            "message", "Scheduling is blocked due to non-empty scheduling gates");

    PodRules(ResourceDefinition definition) {
        super(definition, true);
    }

    @Override
    public JsonObject defaulted(JsonObject object) {
        var created = object.at("metadata", "creationTimestamp");
        var dated = created.isNull() ? object : Absent.within(object, "status", s -> Absent.each(s, "conditions",
                c -> c.at("reason").text("").equals("SchedulingGated") ? Absent.set(c, "lastTransitionTime", created) : c));
        return Absent.within(dated, "spec", PodDefaults::pod);
    }

    @Override
    public JsonObject prepareCreate(JsonObject object) {
        return object.with("status", JsonObject.of("phase", "Pending", "qosClass", QosClass.of(PodDefaults.pod(object.at("spec").object())),
                "conditions", object.at("spec", "schedulingGates").array().isEmpty() ? null : List.of(GATED)));
    }

    @Override
    public JsonObject prepareStatus(JsonObject object, JsonObject old) {
        var kept = super.prepareStatus(object, old);
        return old.at("status", "qosClass").isPresent() ? kept.withAt(old.at("status", "qosClass"), "status", "qosClass") : kept;
    }

    @Override
    public JsonObject prepare(String subresource, JsonObject object, JsonObject old) {
        return switch (subresource) {
            case "ephemeralcontainers" -> old.with("metadata", object.at("metadata")).withAt(object.at("spec", "ephemeralContainers"),
                    "spec", "ephemeralContainers");
            case "resize" -> PodResize.of(object, old);
            default -> super.prepare(subresource, object, old);
        };
    }

    @Override
    void check(JsonObject object, List<FieldError> errors) {
        PodSpecChecks.check(object.at("spec"), "spec", errors);
    }

    @Override
    public List<FieldError> validateUpdate(JsonObject object, JsonObject old) {
        var errors = new ArrayList<FieldError>();
        PodChanges.check(object, old, errors);
        return errors;
    }

    /// A scheduler binds and a resize changes amounts; as a plain update both are forbidden.
    @Override
    public List<FieldError> validateChanged(String subresource, JsonObject object, JsonObject old) {
        return switch (subresource) {
            case "" -> validateChanged(object, old);
            case "status" -> statusErrors(object, old);
            case "ephemeralcontainers" -> {
                var errors = validate(object);
                EphemeralChecks.change(object.at("spec"), old.at("spec"), new FieldErrors(errors, "metadata"));
                yield errors;
            }
            case "resize" -> {
                var errors = validate(object);
                PodResize.check(object, old, errors);
                yield errors;
            }
            default -> validate(object);
        };
    }

    private static List<FieldError> statusErrors(JsonObject object, JsonObject old) {
        var errors = new ArrayList<FieldError>();
        PodStatusChecks.check(object, old, new FieldErrors(errors));
        return errors;
    }

    @Override
    public long gracePeriodSeconds(JsonObject object, OptionalLong asked) {
        if (object.at("spec", "nodeName").text("").isEmpty() || ENDED.contains(object.at("status", "phase").text(""))) return 0;
        long grace = asked.orElse(object.at("spec", "terminationGracePeriodSeconds").integer(30L));
        return grace < 0 ? 1 : grace;
    }

    @Override
    public String selectableValue(JsonObject object, String path) {
        if (path.equals("status.podIPs")) return String.join(",", object.at("status", "podIPs").array().stream()
                .map(i -> i.at("ip").text("")).toList());
        var value = super.selectableValue(object, path);
        return value.isEmpty() && BOOLEAN_SELECTORS.contains(path) ? "false" : value;
    }
}
