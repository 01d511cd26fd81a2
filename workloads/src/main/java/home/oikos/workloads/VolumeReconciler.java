package home.oikos.workloads;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;

/// Tells of a volume whether it is to be had, bound, or left behind by its claim. Nothing on a disk is ever deleted: a folder whose claim
/// is gone stays until somebody looks at it, whatever its reclaim policy says.
final class VolumeReconciler implements Reconciler {
    private final ApiClient client;
    private final Cache<Volume> volumes;
    private final Cache<VolumeClaim> claims;
    private final EventRecorder events;

    VolumeReconciler(Workshop workshop, Cache<Volume> volumes, Cache<VolumeClaim> claims) {
        this.client = workshop.client().fieldManager("persistentvolume-controller");
        this.volumes = volumes;
        this.claims = claims;
        this.events = workshop.group().events("persistentvolume-controller");
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        // Also of one that is being deleted: it may go when it is said that nobody has it any more.
        var found = volumes.get(key);
        if (found.isEmpty()) return Outcome.SETTLED;
        var volume = found.get();
        var phase = phase(volume);
        if (phase.equals(volume.phase())) return Outcome.SETTLED;
        var message = phase.equals("Failed") ? "the folder stays: volumes of this machine are not deleted by reclaim policy" : "";
        if (phase.equals("Failed")) events.warning(volume.reference(), "VolumeFailedDelete", message);
        client.patchStatus(Resources.PERSISTENT_VOLUMES, key, Patch.merge("status", JsonObject.of("phase", phase, "message",
                message.isEmpty() ? null : message)));
        return Outcome.SETTLED;
    }

    private String phase(Volume volume) {
        if (volume.claim().isEmpty() || volume.claimUid().isEmpty()) return "Available";
        boolean held = claims.get(volume.claim().get()).filter(claim -> claim.metadata().uid().equals(volume.claimUid())).isPresent();
        if (held) return "Bound";
        return volume.retained() ? "Released" : "Failed";
    }
}
