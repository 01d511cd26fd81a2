package home.oikos.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Strategic merge patch: like a merge patch, but lists merge by the keys of the schema, and directives (`$patch`,
/// `$retainKeys`, `$setElementOrder/x`, `$deleteFromPrimitiveList/x`) say what plain members cannot.
public final class StrategicMergePatch {
    private static final String PATCH = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String ORDER = "$setElementOrder/";
    private static final String DELETE = "$deleteFromPrimitiveList/";

    private StrategicMergePatch() { }

    /// @throws PatchException when the patch contradicts itself or lacks a merge key; the message is Kubernetes' own
    public static JsonObject apply(JsonObject original, JsonObject patch, Schema type) {
        if (patch.has(PATCH)) return directive(patch);
        var members = new LinkedHashMap<>(original.members());
        if (patch.has(RETAIN_KEYS)) retain(members, patch);
        for (var change : patch.members().entrySet()) {
            var name = change.getKey();
            if (name.startsWith(ORDER)) order(name.substring(ORDER.length()), members, patch, type);
            else if (name.startsWith(DELETE)) deleteItems(name.substring(DELETE.length()), members, patch, type);
            else if (!name.equals(RETAIN_KEYS) && !patch.has(ORDER + name) && !patch.has(DELETE + name)) member(name, change.getValue(),
                    members, type);
        }
        return JsonObject.owning(members);
    }

    private static JsonObject directive(JsonObject patch) {
        return switch (patch.at(PATCH).text("")) {
            case "replace" -> patch.without(PATCH);
            case "delete" -> JsonObject.EMPTY;
            case "merge" -> throw new PatchException("unsupported $patch value merge in map: " + GoText.of(patch));
            default -> throw unknown(patch);
        };
    }

    private static PatchException unknown(Json patch) {
        return new PatchException("unknown patch type: " + patch.at(PATCH).text("") + " in map: " + GoText.of(patch));
    }

    private static void retain(Map<String, Json> members, JsonObject patch) {
        var kept = patch.at(RETAIN_KEYS).array().stream().map(key -> key.text("")).toList();
        for (var name : patch.names()) {
            if (!name.startsWith("$") && patch.at(name).isPresent() && !kept.contains(name)) {
                throw new PatchException("The list in retainKeys doesn't contain the key " + name + " of the patch");
            }
        }
        members.keySet().retainAll(kept);
    }

    private static void member(String name, Json change, Map<String, Json> members, Schema type) {
        var before = members.get(name);
        if (change.isNull()) members.remove(name);
        else if (before == null || before.isNull()) members.put(name, withoutDirectives(change));
        else members.put(name, merged(name, before, change, type));
    }

    private static Json merged(String name, Json before, Json change, Schema type) {
        var rule = rule(type, name);
        if (before instanceof JsonObject original && change instanceof JsonObject patch) {
            return rule.replace() ? withoutDirectives(patch) : apply(original, patch, memberType(type, name));
        }
        if (before instanceof JsonArray original && change instanceof JsonArray patch && rule.merge()) {
            return new StrategicList(rule.mergeKey(), itemType(type, name)).merge(original, patch, patch);
        }
        return withoutDirectives(change);
    }

    private static void order(String name, Map<String, Json> members, JsonObject patch, Schema type) {
        var before = members.getOrDefault(name, Json.NULL).array();
        if (patch.has(DELETE + name)) before = without(before, patch.at(DELETE + name).array());
        if (before.isEmpty() && patch.at(name).isNull()) return;
        var order = patch.at(ORDER + name).array();
        members.put(name, new StrategicList(rule(type, name).mergeKey(), itemType(type, name)).merge(before, patch.at(name).array(),
                order));
    }

    private static void deleteItems(String name, Map<String, Json> members, JsonObject patch, Schema type) {
        if (patch.has(ORDER + name)) return;
        if (members.containsKey(name)) members.put(name, without(members.get(name).array(), patch.at(DELETE + name).array()));
        if (patch.has(name)) member(name, patch.at(name), members, type);
    }

    private static JsonArray without(JsonArray list, JsonArray gone) {
        return new JsonArray(list.stream().filter(item -> !gone.elements().contains(item)).toList());
    }

    private static PatchRule rule(Schema type, String name) {
        return type instanceof ObjectSchema object ? object.field(name).map(Field::patch).orElse(PatchRule.NONE) : PatchRule.NONE;
    }

    private static Schema memberType(Schema type, String name) {
        return switch (type) {
            case ObjectSchema object -> object.field(name).map(Field::type).orElse(Scalar.ANY);
            case MapSchema map -> map.values();
            case ListSchema _, Scalar _ -> Scalar.ANY;
        };
    }

    private static Schema itemType(Schema type, String name) {
        return memberType(type, name) instanceof ListSchema list ? list.items() : Scalar.ANY;
    }

    /// What is new is taken as it is, apart from what only steers the merge.
    static Json withoutDirectives(Json value) {
        return switch (value) {
            case JsonObject object -> {
                var members = new LinkedHashMap<String, Json>();
                object.members().forEach((name, member) -> {
                    if (!isDirective(name) && member.isPresent()) members.put(name, withoutDirectives(member));
                });
                yield JsonObject.owning(members);
            }
            case JsonArray array -> {
                List<Json> elements = new ArrayList<>();
                for (var element : array) if (!element.object().has(PATCH)) elements.add(withoutDirectives(element));
                yield new JsonArray(elements);
            }
            default -> value;
        };
    }

    private static boolean isDirective(String name) {
        return name.equals(PATCH) || name.equals(RETAIN_KEYS) || name.startsWith(ORDER) || name.startsWith(DELETE);
    }

    static PatchException unknownDirective(Json patch) {
        return unknown(patch);
    }
}
