package home.oikos.workloads;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.util.List;
import java.util.Optional;

/// Binds claims to volumes that are there. Both sides are written, the volume first: whoever dies in between finds it reserved.
final class ClaimReconciler implements Reconciler {
    private static final String COMPONENT = "persistentvolume-controller";

    private final ApiClient client;
    private final Cache<VolumeClaim> claims;
    private final Cache<Volume> volumes;
    private final Cache<VolumeClass> classes;
    private final PodIndex pods;
    private final EventRecorder events;

    ClaimReconciler(Workshop workshop, Cache<VolumeClaim> claims, Cache<Volume> volumes, Cache<VolumeClass> classes) {
        this.client = workshop.client().fieldManager(COMPONENT);
        this.claims = claims;
        this.volumes = volumes;
        this.classes = classes;
        this.pods = workshop.pods();
        this.events = workshop.group().events(COMPONENT);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = claims.get(key).filter(claim -> !claim.metadata().deleting());
        if (found.isEmpty()) return Outcome.SETTLED;
        var claim = found.get();
        var itsClass = claim.className().isEmpty() ? Optional.<VolumeClass>empty()
                : classes.get(ObjectKey.clusterScoped(claim.className()));
        switch (ClaimPlan.of(claim, volumes.all(), itsClass, isUsed(claim))) {
            case ClaimPlan.Bind(var volume) -> bind(claim, volume);
            case ClaimPlan.Lose(var message) -> lose(claim, message);
            case ClaimPlan.Wait(boolean warning, var reason, var message) -> tell(claim, warning, reason, message);
        }
        return Outcome.SETTLED;
    }

    private boolean isUsed(VolumeClaim claim) {
        return pods.in(claim.metadata().key().namespace()).stream().filter(Pod::isActive)
                .anyMatch(pod -> pod.needs().claims().contains(claim.metadata().name()));
    }

    private void tell(VolumeClaim claim, boolean warning, String reason, String message) {
        if (warning) events.warning(claim.reference(), reason, message);
        else events.normal(claim.reference(), reason, message);
    }

    private void bind(VolumeClaim claim, Volume volume) {
        if (volume.claimUid().isEmpty()) reserve(claim, volume);
        if (claim.volumeName().isEmpty() || !claim.settled()) {
            var annotations = JsonObject.of(VolumeClaim.COMPLETE, "yes", VolumeClaim.OURS, claim.volumeName().isEmpty() ? "yes" : null);
            client.patch(Resources.PERSISTENT_VOLUME_CLAIMS, claim.metadata().key(), Patch.merge("metadata", JsonObject.of("uid",
                    claim.metadata().uid(), "annotations", annotations), "spec", JsonObject.of("volumeName", volume.name())));
        }
        if (!claim.isBound()) {
            client.patchStatus(Resources.PERSISTENT_VOLUME_CLAIMS, claim.metadata().key(), Patch.merge("status", JsonObject.of("phase", "Bound",
                    "accessModes", volume.accessModes(), "capacity", volume.capacity())));
        }
    }

    private void reserve(VolumeClaim claim, Volume volume) {
        var key = claim.metadata().key();
        var reference = JsonObject.of("apiVersion", "v1", "kind", "PersistentVolumeClaim", "namespace", key.namespace(), "name", key.name(),
                "uid", claim.metadata().uid());
        // The version makes sure that nobody else has reserved it since.
        var live = client.get(Resources.PERSISTENT_VOLUMES, volume.metadata().key());
        if (!Volume.of(live).isFreeFor(claim)) throw new ApiException(Reason.CONFLICT,
                "volume %s was taken by another claim", volume.name());
        client.patch(Resources.PERSISTENT_VOLUMES, volume.metadata().key(), Patch.merge("metadata", JsonObject.of("resourceVersion",
                live.at("metadata", "resourceVersion"), "annotations", volume.claim().isPresent() ? null
                : JsonObject.of(VolumeClaim.OURS, "yes")), "spec", JsonObject.of("claimRef", reference)));
    }

    private void lose(VolumeClaim claim, String message) {
        if (claim.phase().equals("Lost")) return;
        events.warning(claim.reference(), "ClaimLost", message);
        client.patchStatus(Resources.PERSISTENT_VOLUME_CLAIMS, claim.metadata().key(), Patch.merge("status", JsonObject.of("phase", "Lost")));
    }

    /// The claims a change of volumes may concern: those that still wait, and the one it is for.
    static List<ObjectKey> concerned(Cache<VolumeClaim> claims, Volume volume) {
        return claims.all().stream().filter(claim -> !claim.isBound() || volume.claim().filter(claim.metadata().key()::equals).isPresent()
                || claim.volumeName().equals(volume.name())).map(claim -> claim.metadata().key()).toList();
    }
}
