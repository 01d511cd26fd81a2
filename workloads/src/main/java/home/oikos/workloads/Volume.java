package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.Resources;
import home.oikos.controller.Reference;
import java.util.List;
import java.util.Optional;

/// A PersistentVolume.
/// @param claim whom it is for, if anybody
/// @param claimUid empty when somebody reserved it for a claim that may not exist yet
/// @param affinity the nodes that reach it; absent means all
record Volume(Metadata metadata, String className, List<String> accessModes, String volumeMode, Json capacity, Optional<ObjectKey> claim,
        String claimUid, boolean retained, Json affinity, String phase) {
    static Volume of(Json object) {
        var spec = object.at("spec");
        var claim = spec.at("claimRef");
        return new Volume(Metadata.of(object), spec.at("storageClassName").text(""), VolumeClaim.texts(spec.at("accessModes")),
                spec.at("volumeMode").text("Filesystem"), spec.at("capacity"), claim.isNull() ? Optional.empty()
                        : Optional.of(new ObjectKey(claim.at("namespace").text(""), claim.at("name").text("-"))), claim.at("uid").text(""),
                spec.at("persistentVolumeReclaimPolicy").text("Retain").equals("Retain"), spec.at("nodeAffinity", "required"),
                object.at("status", "phase").text("Pending"));
    }

    String name() {
        return metadata.name();
    }

    long capacityMilli() {
        return Resourcing.of(capacity).of("storage");
    }

    /// Whether nobody has it, or it is kept for this claim.
    boolean isFreeFor(VolumeClaim wanted) {
        return claim.map(key -> key.equals(wanted.metadata().key()) && (claimUid.isEmpty() || claimUid.equals(wanted.metadata().uid())))
                .orElse(!phase.equals("Released") && !phase.equals("Failed"));
    }

    boolean isReachedFrom(Node node) {
        return affinity.isNull() || NodeSelection.matchesAny(affinity.at("nodeSelectorTerms"), node);
    }

    Reference reference() {
        return new Reference(Resources.PERSISTENT_VOLUMES, metadata.key(), metadata.uid());
    }
}
