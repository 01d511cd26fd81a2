package home.oikos.apiserver;

import home.oikos.api.Catalog;
import home.oikos.api.FieldError;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectDecoder;
import home.oikos.api.ResourceDefinition;
import home.oikos.store.Durability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is special about Events: one store behind two APIs whose members have other names, and nothing lost that a power cut may not take.
final class EventRules extends PlainRules {
    /// Names in `v1` and in `events.k8s.io/v1`.
    private static final Map<String, String> NAMES = Map.of("involvedObject", "regarding", "message", "note", "source", "deprecatedSource",
            "firstTimestamp", "deprecatedFirstTimestamp", "lastTimestamp", "deprecatedLastTimestamp", "count", "deprecatedCount",
            "reportingComponent", "reportingController");
    private final boolean core;

    EventRules(ResourceDefinition definition) {
        super(definition, false);
        core = definition.group().isEmpty();
    }

    @Override
    public JsonObject served(JsonObject stored, Resource resource) {
        return core ? stored : converted(stored, resource.kind(), true);
    }

    @Override
    public JsonObject stored(JsonObject sent, Resource resource) {
        return core ? sent : converted(sent, resource.stored(), false);
    }

    private static JsonObject converted(JsonObject object, GroupVersionKind kind, boolean outwards) {
        var members = new LinkedHashMap<>(object.members());
        NAMES.forEach((old, young) -> {
            var value = members.remove(outwards ? old : young);
            if (value != null) members.put(outwards ? young : old, value);
        });
        members.remove("kind");
        members.remove("apiVersion");
        var renamed = ObjectDecoder.decode(JsonObject.copyOf(members), Catalog.builtIn().type(kind).orElseThrow()).object();
        return JsonObject.of("kind", kind.kind(), "apiVersion", kind.apiVersion()).withAll(renamed);
    }

    @Override
    void check(JsonObject object, List<FieldError> errors) {
        EventChecks.check(object, core, new FieldErrors(errors));
    }

    @Override
    public List<FieldError> validateChanged(JsonObject object, JsonObject old) {
        var errors = new ArrayList<FieldError>();
        EventChecks.change(object, old, core, new FieldErrors(errors));
        return errors;
    }

    @Override
    public Durability durability(JsonObject object, JsonObject old, String subresource) {
        return Durability.RELAXED;
    }

    /// Selectors look at what is stored, which has the names of `v1`.
    @Override
    public String selectableValue(JsonObject object, String path) {
        return switch (path) {
            case "source" -> source(object);
            case "reportingController" -> super.selectableValue(object, "reportingComponent");
            default -> super.selectableValue(object, path.replaceFirst("^regarding\\.", "involvedObject."));
        };
    }

    /// The component, under whichever name the reporter told it.
    private static String source(JsonObject event) {
        var component = event.at("source", "component").text("");
        return component.isEmpty() ? event.at("reportingComponent").text("") : component;
    }
}
