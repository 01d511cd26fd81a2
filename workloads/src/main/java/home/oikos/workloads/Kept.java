package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import java.util.List;

/// What the garbage collector keeps of an object: only of those that have an owner, or whose deletion waits for it.
record Kept(ObjectKey key, String uid, List<Owner> owners, boolean deleting, boolean foreground, boolean orphaning) {
    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";

    Kept {
        owners = List.copyOf(owners);
    }

    /// Null for an object that does not concern the collector, which are nearly all.
    static Kept of(Json object) {
        var metadata = object.at("metadata");
        var owners = Owner.allOf(metadata);
        boolean deleting = metadata.at("deletionTimestamp").isPresent();
        boolean foreground = deleting && has(metadata, FOREGROUND);
        boolean orphaning = deleting && has(metadata, ORPHAN);
        if (owners.isEmpty() && !foreground && !orphaning) return null;
        return new Kept(ObjectKey.of(object), metadata.at("uid").text(""), owners, deleting, foreground, orphaning);
    }

    private static boolean has(Json metadata, String finalizer) {
        return metadata.at("finalizers").array().stream().anyMatch(name -> name.text("").equals(finalizer));
    }
}
