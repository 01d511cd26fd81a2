package home.oikos.workloads;

import home.oikos.api.ObjectKey;
import home.oikos.client.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a pod's claims mean for where it may run. Pure, over a moment's caches.
/// @param refusal why it may run nowhere yet
/// @param volumes what its claims are bound to
record PodVolumes(Optional<String> refusal, List<Volume> volumes) {
    static PodVolumes of(Pod pod, Cache<VolumeClaim> claims, Cache<Volume> volumes) {
        var bound = new ArrayList<Volume>();
        for (var name : pod.needs().claims()) {
            var claim = claims.get(new ObjectKey(pod.metadata().key().namespace(), name));
            if (claim.isEmpty()) return refused("persistentvolumeclaim \"" + name + "\" not found");
            if (claim.get().metadata().deleting()) return refused("persistentvolumeclaim \"" + name + "\" is being deleted");
            if (claim.get().phase().equals("Lost")) return refused("persistentvolumeclaim \"" + name + "\" bound to non-existent persistentvolume \""
                    + claim.get().volumeName() + "\"");
            if (!claim.get().isBound()) return refused("pod has unbound immediate PersistentVolumeClaims");
            volumes.get(ObjectKey.clusterScoped(claim.get().volumeName())).ifPresent(bound::add);
        }
        return new PodVolumes(Optional.empty(), bound);
    }

    private static PodVolumes refused(String why) {
        return new PodVolumes(Optional.of(why), List.of());
    }

    boolean areReachedFrom(Node node) {
        return volumes.stream().allMatch(volume -> volume.isReachedFrom(node));
    }
}
