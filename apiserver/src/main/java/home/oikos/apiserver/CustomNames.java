package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Decides which of the names that a CRD asks for it may have: those that no other of its group holds. Upstream's NamingConditionController.
final class CustomNames {
    private final Set<String> resources = new HashSet<>();
    private final Set<String> kinds = new HashSet<>();
    private Condition conflict;

    private CustomNames() { }

    /// The CRD with its accepted names and the conditions that follow from them.
    /// @param others the other CRDs of its group
    static JsonObject decide(JsonObject crd, List<JsonObject> others, Instant now) {
        var taken = new CustomNames();
        others.forEach(other -> taken.take(other.at("status", "acceptedNames")));
        return taken.decided(crd, now);
    }

    private void take(Json names) {
        resources.add(names.at("plural").text(""));
        resources.add(names.at("singular").text(""));
        names.at("shortNames").array().forEach(n -> resources.add(n.text("")));
        kinds.add(names.at("kind").text(""));
        kinds.add(names.at("listKind").text(""));
    }

    private JsonObject decided(JsonObject crd, Instant now) {
        var names = accepted(crd.at("spec", "names").object(), crd.at("status", "acceptedNames").object());
        var accepted = conflict == null ? new Condition("NamesAccepted", "True", "NoConflicts", "no conflicts found") : conflict;
        var decided = accepted.on(crd.withAt(names, "status", "acceptedNames"), now);
        if (Condition.isTrue(crd, "Established")) return decided;
        var established = conflict == null ? new Condition("Established", "True", "InitialNamesAccepted", "the initial names have been accepted")
                : new Condition("Established", "False", "NotAccepted", "not all names are accepted");
        return established.on(decided, now);
    }

    /// Each wanted name where it is free, else the one held before. The last conflict is the one that is told.
    private JsonObject accepted(JsonObject wanted, JsonObject held) {
        var names = held;
        names = one(names, wanted, "plural", resources, "PluralConflict");
        names = one(names, wanted, "singular", resources, "SingularConflict");
        names = shortNames(names, wanted.at("shortNames").array());
        names = one(names, wanted, "kind", kinds, "KindConflict");
        names = one(names, wanted, "listKind", kinds, "ListKindConflict");
        return wanted.has("categories") ? names.with("categories", wanted.at("categories")) : names.without("categories");
    }

    private JsonObject one(JsonObject names, JsonObject wanted, String what, Set<String> taken, String reason) {
        var name = wanted.at(what).text("");
        if (!name.isEmpty() && taken.contains(name)) {
            conflict = refused(reason, List.of(name));
            return names;
        }
        return name.isEmpty() ? names : names.with(what, name);
    }

    private JsonObject shortNames(JsonObject names, JsonArray wanted) {
        var refused = new ArrayList<String>();
        wanted.forEach(n -> {
            if (resources.contains(n.text(""))) refused.add(n.text(""));
        });
        if (!refused.isEmpty()) {
            conflict = refused("ShortNamesConflict", refused);
            return names;
        }
        return wanted.isEmpty() ? names.without("shortNames") : names.with("shortNames", wanted);
    }

    private static Condition refused(String reason, List<String> names) {
        var told = names.stream().map(n -> "\"" + n + "\" is already in use").toList();
        return new Condition("NamesAccepted", "False", reason, told.size() == 1 ? told.getFirst() : "[" + String.join(", ", told) + "]");
    }
}
