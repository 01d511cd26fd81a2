package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.client.Resources;
import home.oikos.controller.LabelSelector;
import home.oikos.controller.Reference;
import java.util.List;

/// A PersistentVolumeClaim.
/// @param volumeName the volume it is bound to or wants, or empty
/// @param className empty asks for a volume without a class
/// @param selector which volumes will do; absent means any
/// @param settled whether binding was written down as complete
record VolumeClaim(Metadata metadata, String volumeName, String className, List<String> accessModes, String volumeMode, long requestMilli,
        Json selector, String phase, boolean settled) {
    static final String COMPLETE = "pv.kubernetes.io/bind-completed";
    static final String OURS = "pv.kubernetes.io/bound-by-controller";

    static VolumeClaim of(Json object) {
        var spec = object.at("spec");
        var metadata = Metadata.of(object);
        return new VolumeClaim(metadata, spec.at("volumeName").text(""), spec.at("storageClassName").text(""), texts(spec.at("accessModes")),
                spec.at("volumeMode").text("Filesystem"), Resourcing.of(spec.at("resources", "requests")).of("storage"), spec.at("selector"),
                object.at("status", "phase").text("Pending"), metadata.annotations().containsKey(COMPLETE));
    }

    static List<String> texts(Json list) {
        return list.array().stream().map(each -> each.text("")).toList();
    }

    boolean isBound() {
        return phase.equals("Bound");
    }

    boolean wants(Volume volume) {
        return volume.className().equals(className) && volume.volumeMode().equals(volumeMode) && volume.accessModes().containsAll(accessModes)
                && volume.capacityMilli() >= requestMilli
                && (selector.isNull() || LabelSelector.of(selector).matches(volume.metadata().labels()));
    }

    Reference reference() {
        return new Reference(Resources.PERSISTENT_VOLUME_CLAIMS, metadata.key(), metadata.uid());
    }
}
