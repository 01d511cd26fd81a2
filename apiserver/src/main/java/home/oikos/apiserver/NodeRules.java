package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import home.oikos.store.Durability;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What is special about Nodes: a heartbeat that changes nothing but its times costs no disk.
final class NodeRules extends PlainRules {
    NodeRules(ResourceDefinition definition) {
        super(definition, false);
    }

    /// A node tells its status when it registers.
    @Override
    public JsonObject prepareCreate(JsonObject object) {
        return object;
    }

    @Override
    public JsonObject defaulted(JsonObject object) {
        var range = object.at("spec", "podCIDR");
        return range.text("").isEmpty() || object.at("spec", "podCIDRs").isPresent() ? object
                : object.withAt(JsonArray.of(range), "spec", "podCIDRs");
    }

    @Override
    void check(JsonObject object, List<FieldError> all) {
        var errors = new FieldErrors(all, "spec");
        taints(object.at("spec", "taints"), errors);
        FieldErrors.each(object.at("spec", "podCIDRs"), "spec.podCIDRs", (range, at) -> {
            if (!isRange(range.text(""))) errors.invalid(at, range, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        });
        errors.tellAll();
    }

    /// Upstream names the place wrongly, and clients compare.
    private static void taints(Json taints, FieldErrors errors) {
        var seen = new HashSet<JsonObject>();
        FieldErrors.each(taints, "metadata.taints", (taint, at) -> {
            var key = taint.at("key").text("");
            errors.invalid(at + ".key", key, LabelSyntax.keyError(key));
            errors.invalid(at + ".value", taint.at("value").text(""), LabelSyntax.valueError(taint.at("value").text("")));
            errors.supported(taint.at("effect"), at + ".effect", "NoSchedule", "PreferNoSchedule", "NoExecute");
            var shown = JsonObject.of("Key", key, "Value", "", "Effect", taint.at("effect").text(""), "TimeAdded", Json.NULL);
            if (!seen.add(shown)) errors.add(new FieldError(FieldError.Type.DUPLICATE, at,
                    FieldError.duplicate(at, shown.with("Value", taint.at("value").text(""))).message()
                            + ": taints must be unique by key and effect pair"));
        });
        errors.forget("spec.taints");
    }

    private static boolean isRange(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !NameSyntax.isAddress(text.substring(0, slash))) return false;
        var bits = text.substring(slash + 1);
        return bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= (text.indexOf(':') < 0 ? 32 : 128);
    }

    /// A node keeps its addresses and what its provider calls it.
    @Override
    public List<FieldError> validateUpdate(JsonObject object, JsonObject old) {
        var errors = new ArrayList<FieldError>();
        if (changed("podCIDRs", object, old)) errors.add(FieldError.forbidden("spec.podCIDRs",
                "node updates may not change podCIDR except from \"\" to valid"));
        if (changed("providerID", object, old)) errors.add(FieldError.forbidden("spec.providerID",
                "node updates may not change providerID except from \"\" to valid"));
        return errors;
    }

    private static boolean changed(String field, JsonObject object, JsonObject old) {
        var before = old.at("spec", field);
        return before.isPresent() && !before.text("x").isEmpty() && !before.equals(object.at("spec", field));
    }

    @Override
    public Durability durability(JsonObject object, JsonObject old, String subresource) {
        return subresource.equals("status") && old != null && still(object).equals(still(old)) ? Durability.VOLATILE : Durability.DURABLE;
    }

    private static JsonObject still(JsonObject object) {
        var timeless = object.at("status", "conditions").array().map(c -> (Json) c.object().without("lastHeartbeatTime"));
        return object.withAt(timeless, "status", "conditions").without("metadata");
    }

    @Override
    public String selectableValue(JsonObject object, String path) {
        var value = super.selectableValue(object, path);
        return value.isEmpty() && path.equals("spec.unschedulable") ? "false" : value;
    }
}
