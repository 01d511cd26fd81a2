package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Claims, volumes and the pods that wait for them.
class VolumeBindingTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aClaimGetsTheSmallestVolumeThatWillDoAndThePodGoesWhereItIs() throws InterruptedException {
        world.node("a", "2");
        world.node("b", "2");
        pod("p", "films");
        world.await(Resources.PODS, "n", "p", pod -> message(pod).startsWith("0/2 nodes are available: persistentvolumeclaim \"films\" not found"));
        volume("large", "10Gi", "", "a");
        volume("fitting", "5Gi", "", "b");
        volume("small", "1Gi", "", "a");
        claim("films", "3Gi", "");
        var claim = world.await(Resources.PERSISTENT_VOLUME_CLAIMS, "n", "films", json -> json.at("status", "phase").text("").equals("Bound"));
        assertEquals("fitting", claim.at("spec", "volumeName").text(""));
        assertEquals("5Gi", claim.at("status", "capacity", "storage").text(""));
        world.await(Resources.PODS, "n", "p", pod -> pod.at("spec", "nodeName").text("").equals("b"));
        volumeIs("fitting", "Bound");
        volumeIs("small", "Available");
    }

    @Test
    void aClaimWhoseClassWaitsIsBoundWhenAPodUsesIt() throws InterruptedException {
        world.create(Resources.STORAGE_CLASSES, "", "local", "provisioner", "kubernetes.io/no-provisioner", "volumeBindingMode",
                "WaitForFirstConsumer");
        volume("disk", "5Gi", "local", "a");
        claim("films", "3Gi", "local");
        world.await("an event", () -> world.all(Resources.EVENTS, event -> event.at("reason").text("").equals("WaitForFirstConsumer")).size() == 1,
                () -> world.all(Resources.EVENTS, _ -> true));
        assertEquals("", world.get(Resources.PERSISTENT_VOLUME_CLAIMS, "n", "films").at("spec", "volumeName").text(""));
        world.node("a", "2");
        pod("p", "films");
        world.await(Resources.PODS, "n", "p", pod -> pod.at("spec", "nodeName").text("").equals("a"));
    }

    @Test
    void aVolumeWhoseClaimIsGoneIsKeptForNobodyElse() throws InterruptedException {
        volume("disk", "5Gi", "", "a");
        claim("films", "3Gi", "");
        volumeIs("disk", "Bound");
        world.client.delete(Resources.PERSISTENT_VOLUME_CLAIMS, new ObjectKey("n", "films"), DeleteOptions.DEFAULT);
        volumeIs("disk", "Released");
        claim("music", "1Gi", "");
        world.await("an event", () -> world.all(Resources.EVENTS, event -> event.at("message").text("")
                .equals("no persistent volumes available for this claim and no storage class is set")).size() == 1, () -> "");
    }

    @Test
    void aDeletedVolumeStaysAsLongAsItsClaimDoes() throws InterruptedException {
        volume("disk", "5Gi", "", "a");
        world.client.patch(Resources.PERSISTENT_VOLUMES, ObjectKey.clusterScoped("disk"), Patch.merge("metadata", JsonObject.of("finalizers",
                List.of("kubernetes.io/pv-protection"))));
        claim("films", "3Gi", "");
        volumeIs("disk", "Bound");
        world.client.delete(Resources.PERSISTENT_VOLUMES, ObjectKey.clusterScoped("disk"), DeleteOptions.DEFAULT);
        world.await(Resources.PERSISTENT_VOLUMES, "", "disk", json -> json.at("metadata", "deletionTimestamp").isPresent());
        world.client.delete(Resources.PERSISTENT_VOLUME_CLAIMS, new ObjectKey("n", "films"), DeleteOptions.DEFAULT);
        world.await(Resources.PERSISTENT_VOLUMES, "", "disk", Json::isNull);
    }

    private void volumeIs(String name, String phase) throws InterruptedException {
        world.await(Resources.PERSISTENT_VOLUMES, "", name, json -> json.at("status", "phase").text("").equals(phase));
    }

    private void volume(String name, String size, String className, String node) {
        var term = JsonObject.of("matchExpressions", List.of(JsonObject.of("key", "kubernetes.io/hostname", "operator", "In", "values", List.of(node))));
        world.create(Resources.PERSISTENT_VOLUMES, "", name, "spec", JsonObject.of("capacity", JsonObject.of("storage", size),
                "accessModes", List.of("ReadWriteOnce"), "storageClassName", className, "persistentVolumeReclaimPolicy", "Retain",
                "local", JsonObject.of("path", "/srv/" + name), "nodeAffinity", JsonObject.of("required", JsonObject.of("nodeSelectorTerms",
                List.of(term)))));
    }

    private void claim(String name, String size, String className) {
        world.create(Resources.PERSISTENT_VOLUME_CLAIMS, "n", name, "spec", JsonObject.of("accessModes", List.of("ReadWriteOnce"),
                "storageClassName", className, "resources", JsonObject.of("requests", JsonObject.of("storage", size))));
    }

    private void pod(String name, String claim) {
        world.create(Resources.PODS, "n", name, "spec", JsonObject.of("containers", List.of(JsonObject.of("name", "c", "image", "i")),
                "volumes", List.of(JsonObject.of("name", "v", "persistentVolumeClaim", JsonObject.of("claimName", claim)))));
    }

    private static String message(Json pod) {
        return pod.at("status", "conditions").at(0).at("message").text("");
    }
}
