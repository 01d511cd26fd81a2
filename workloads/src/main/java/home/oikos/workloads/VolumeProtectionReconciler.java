package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.controller.Finalizers;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/// Lets a volume or a claim go that is deleted, as soon as nothing uses it any more.
final class VolumeProtectionReconciler implements Reconciler {
    private static final Duration IN_USE_PERIOD = Duration.ofSeconds(2);
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final ApiClient client;
    private final Resource resource;
    private final String finalizer;
    private final Predicate<Json> inUse;

    private VolumeProtectionReconciler(ApiClient client, Resource resource, String finalizer, Predicate<Json> inUse) {
        this.client = client;
        this.resource = resource;
        this.finalizer = finalizer;
        this.inUse = inUse;
    }

    /// Claims are used by the pods that name them and have not ended.
    static VolumeProtectionReconciler ofClaims(Workshop workshop) {
        var client = workshop.client().fieldManager("pvc-protection-controller");
        return new VolumeProtectionReconciler(client, Resources.PERSISTENT_VOLUME_CLAIMS, "kubernetes.io/pvc-protection",
                claim -> client.list(Resources.PODS, claim.at("metadata", "namespace").text("")).stream()
                        .anyMatch(pod -> uses(pod, claim.at("metadata", "name"))));
    }

    private static boolean uses(Json pod, Json claim) {
        return !ENDED.contains(pod.at("status", "phase").text("")) && pod.at("spec", "volumes").array().stream()
                .anyMatch(volume -> volume.at("persistentVolumeClaim", "claimName").equals(claim));
    }

    /// Volumes are used by the claims bound to them.
    static VolumeProtectionReconciler ofVolumes(Workshop workshop) {
        return new VolumeProtectionReconciler(workshop.client().fieldManager("pv-protection-controller"), Resources.PERSISTENT_VOLUMES,
                "kubernetes.io/pv-protection", volume -> volume.at("status", "phase").text("").equals("Bound"));
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = client.find(resource, key).filter(Finalizers::isDeleting).filter(object -> Finalizers.has(object, finalizer));
        if (found.isEmpty()) return Outcome.SETTLED;
        if (inUse.test(found.get())) return new Outcome.CheckAgain(IN_USE_PERIOD);
        client.patch(resource, key, Finalizers.removing(found.get(), finalizer));
        return Outcome.SETTLED;
    }
}
