package home.oikos.workloads;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What becomes of a claim now.
sealed interface ClaimPlan {
    /// It gets this volume, or has it and that is to be written down whole.
    record Bind(Volume volume) implements ClaimPlan { }

    /// Its volume has gone from under it.
    record Lose(String message) implements ClaimPlan { }

    /// It waits, and says why.
    record Wait(boolean warning, String reason, String message) implements ClaimPlan { }

    /// @param claimClass its class, if there is one of that name
    /// @param used whether a pod uses the claim
    static ClaimPlan of(VolumeClaim claim, List<Volume> volumes, Optional<VolumeClass> claimClass, boolean used) {
        if (!claim.volumeName().isEmpty()) return ofNamed(claim, volumes);
        if (claimClass.filter(VolumeClass::waits).isPresent() && !used) {
            return new Wait(false, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
        }
        var reserved = volumes.stream().filter(volume -> volume.claim().isPresent() && volume.isFreeFor(claim)).findFirst();
        return reserved.or(() -> smallest(claim, volumes)).<ClaimPlan>map(Bind::new).orElseGet(() -> waiting(claim, claimClass));
    }

    private static ClaimPlan ofNamed(VolumeClaim claim, List<Volume> volumes) {
        var volume = volumes.stream().filter(each -> each.name().equals(claim.volumeName())).findFirst();
        if (volume.filter(each -> each.isFreeFor(claim)).isPresent()) return new Bind(volume.get());
        if (claim.settled()) return new Lose(volume.isEmpty() ? "Bound claim has lost its PersistentVolume. Data on the volume is lost!"
                : "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
        return volume.isEmpty() ? new Wait(true, "FailedBinding", "volume \"" + claim.volumeName() + "\" not found")
                : new Wait(true, "FailedBinding", "volume \"" + claim.volumeName() + "\" already bound to a different claim.");
    }

    private static Optional<Volume> smallest(VolumeClaim claim, List<Volume> volumes) {
        return volumes.stream().filter(volume -> !volume.metadata().deleting() && volume.isFreeFor(claim) && claim.wants(volume))
                .min(Comparator.comparing(Volume::capacityMilli).thenComparing(Volume::name));
    }

    private static Wait waiting(VolumeClaim claim, Optional<VolumeClass> claimClass) {
        if (claim.className().isEmpty()) {
            return new Wait(false, "FailedBinding", "no persistent volumes available for this claim and no storage class is set");
        }
        if (claimClass.isEmpty()) {
            return new Wait(true, "ProvisioningFailed", "storageclass.storage.k8s.io \"" + claim.className() + "\" not found");
        }
        return claimClass.get().makesVolumes()
                ? new Wait(false, "ExternalProvisioning", "Waiting for a volume to be created either by the external provisioner '"
                        + claimClass.get().provisioner() + "' or manually by the system administrator.")
                : new Wait(false, "FailedBinding", "no persistent volumes of class \"" + claim.className() + "\" available for this claim");
    }
}
