package home.oikos.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who owns which fields of one object: its `metadata.managedFields`, changed by updates and applies as Kubernetes does. Immutable.
final class FieldOwnership {
    /// Upstream's limit: the oldest updaters beyond it are folded into one entry.
    static final int UPDATERS_MAX = 10;
    static final String FOLDED = "ancient-changes";

    /// What belongs to no one: identity and the server's own marks.
    private static final FieldSet UNOWNED = unowned();
    private static final Comparator<OwnedFields> ORDER = Comparator.comparing((OwnedFields owned) -> owned.manager().operation())
            .thenComparing(OwnedFields::time).thenComparing(owned -> owned.manager().name())
            .thenComparing(owned -> owned.manager().apiVersion()).thenComparing(owned -> owned.manager().subresource());

    private final List<OwnedFields> owners;

    FieldOwnership(List<OwnedFields> owners) {
        this.owners = List.copyOf(owners);
    }

    private static FieldSet unowned() {
        var set = FieldSet.of("apiVersion", "kind", "metadata");
        for (var name : List.of("name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "managedFields",
                "resourceVersion")) {
            set.insert(List.of("f:metadata", "f:" + name));
        }
        return set;
    }

    static FieldOwnership of(JsonObject object) {
        return new FieldOwnership(object.at("metadata", "managedFields").array().stream().map(OwnedFields::of).toList());
    }

    /// The part of the fields that somebody can own.
    static FieldSet owned(FieldSet fields) {
        return fields.difference(UNOWNED);
    }

    boolean isEmpty() {
        return owners.isEmpty();
    }

    FieldSet fields(FieldOwner manager) {
        return owners.stream().filter(owned -> owned.manager().isSame(manager)).findFirst().map(OwnedFields::fields).orElseGet(FieldSet::new);
    }

    FieldSet all() {
        return owners.stream().map(OwnedFields::fields).reduce(new FieldSet(), FieldSet::union);
    }

    /// What others own of these fields; one entry for each of them.
    List<OwnedFields> conflicts(FieldOwner manager, FieldSet changed) {
        return owners.stream().filter(owned -> !owned.manager().isSame(manager))
                .map(owned -> owned.withFields(owned.fields().intersection(changed))).filter(owned -> !owned.fields().isEmpty()).toList();
    }

    /// The others lose these fields.
    FieldOwnership taken(FieldOwner manager, FieldSet fields) {
        if (fields.isEmpty()) return this;
        return new FieldOwnership(owners.stream().map(owned -> owned.manager().isSame(manager) ? owned
                : owned.withFields(owned.fields().difference(fields))).filter(owned -> !owned.fields().isEmpty()).toList());
    }

    /// The manager owns exactly these fields.
    /// @param at empty to keep the time it had
    FieldOwnership with(FieldOwner manager, FieldSet fields, Optional<Instant> at) {
        var others = new ArrayList<OwnedFields>();
        var time = at.map(Timestamps::time).orElse("");
        for (var owned : owners) {
            if (!owned.manager().isSame(manager)) others.add(owned);
            else if (at.isEmpty()) time = owned.time();
        }
        var own = owned(fields);
        if (!own.isEmpty()) others.add(new OwnedFields(manager, time, own));
        return new FieldOwnership(others);
    }

    /// With no more updaters than allowed.
    FieldOwnership folded() {
        var updaters = owners.stream().filter(owned -> !owned.manager().apply()).sorted(ORDER).toList();
        int excess = updaters.size() - UPDATERS_MAX;
        if (excess <= 0) return this;
        Map<String, OwnedFields> firstByVersion = new HashMap<>();
        var kept = new LinkedHashMap<FieldOwner, OwnedFields>();
        owners.forEach(owned -> kept.put(owned.manager(), owned));
        for (var owned : updaters) {
            if (excess == 0) break;
            var version = owned.manager().apiVersion();
            var first = firstByVersion.get(version);
            if (first != null) {
                var fold = new OwnedFields(new FieldOwner(FOLDED, false, version, ""), owned.time(), first.fields().union(owned.fields()));
                kept.remove(first.manager());
                kept.remove(owned.manager());
                kept.put(fold.manager(), fold);
                firstByVersion.put(version, fold);
                excess--;
            } else firstByVersion.put(version, owned);
        }
        return new FieldOwnership(List.copyOf(kept.values()));
    }

    /// The object with these owners in its metadata.
    JsonObject writtenTo(JsonObject object) {
        if (owners.isEmpty()) return object.withoutAt("metadata", "managedFields");
        return object.withAt(owners.stream().sorted(ORDER).map(OwnedFields::toJson).toList(), "metadata", "managedFields");
    }
}
