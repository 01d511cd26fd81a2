package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeploymentTest {
    private static final String REVISION = Revisions.REVISION;

    private final World world = new World();

    @BeforeEach
    void deploy() {
        world.create(Resources.DEPLOYMENTS, "n", "web", "spec", JsonObject.of("replicas", 1, "revisionHistoryLimit", 1,
                "progressDeadlineSeconds", 600, "strategy", JsonObject.of("type", "RollingUpdate",
                        "rollingUpdate", JsonObject.of("maxSurge", 1, "maxUnavailable", 0)),
                "selector", JsonObject.of("matchLabels", JsonObject.of("app", "web")), "template", World.template("app", "web", "1")));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aNewDeploymentMakesAReplicaSetThatMakesAPod() throws InterruptedException {
        var pod = world.awaitPods("app", "web", 1).getFirst();
        var status = deployment(json -> json.at("status", "unavailableReplicas").integer(0) == 1
                && json.at("status", "conditions").at(1).at("reason").text("").equals("ReplicaSetUpdated")).at("status");
        assertEquals("MinimumReplicasUnavailable", status.at("conditions").at(0).at("reason").text(""));
        var set = world.all(Resources.REPLICA_SETS, _ -> true).getFirst();
        assertEquals("web-" + set.at("metadata", "labels", "pod-template-hash").text(""), set.at("metadata", "name").text(""));
        assertEquals(JsonObject.of("deployment.kubernetes.io/desired-replicas", "1", "deployment.kubernetes.io/max-replicas", "2",
                REVISION, "1"), set.at("metadata", "annotations"));
        assertEquals("ReplicaSet", pod.at("metadata", "ownerReferences").at(0).at("kind").text(""));
        assertEquals("1", pod.at("metadata", "annotations", "v").text(""));
    }

    @Test
    void anUpdateKeepsTheOldPodUntilTheNewOneIsReady() throws InterruptedException {
        var first = available("1");
        template("2");
        world.awaitPods("app", "web", 2);
        deployment(json -> json.at("status", "updatedReplicas").integer(0) == 1 && json.at("status", "replicas").integer(0) == 2);
        var second = world.all(Resources.PODS, pod -> pod.at("metadata", "annotations", "v").text("").equals("2")).getFirst();
        world.ready(second, true);
        var done = deployment(json -> json.at("status", "replicas").integer(0) == 1
                && json.at("status", "conditions").at(1).at("reason").text("").equals("NewReplicaSetAvailable"));
        assertEquals("2", done.at("metadata", "annotations", REVISION).text(""));
        assertEquals(Json.NULL, world.get(Resources.PODS, "n", first.at("metadata", "name").text("")));
    }

    @Test
    void aTemplateThatComesBackTakesItsReplicaSetAgainUnderTheNextRevision() throws InterruptedException {
        available("1");
        var set = world.all(Resources.REPLICA_SETS, _ -> true).getFirst().at("metadata", "name").text("");
        template("2");
        available("2");
        template("1");
        var again = world.await(Resources.REPLICA_SETS, "n", set,
                json -> json.at("metadata", "annotations", REVISION).text("").equals("3")).at("metadata", "annotations");
        assertEquals("1", again.at(Revisions.HISTORY).text(""));
    }

    @Test
    void historyBeyondItsLimitIsForgotten() throws InterruptedException {
        for (var version : List.of("1", "2", "3", "4")) {
            template(version);
            available(version);
        }
        world.await("two replica sets", () -> world.all(Resources.REPLICA_SETS, _ -> true).size() == 2,
                () -> world.all(Resources.REPLICA_SETS, _ -> true));
    }

    @Test
    void scaledToZeroItHasNoPodsAndNoCounts() throws InterruptedException {
        available("1");
        world.client.patch(Resources.DEPLOYMENTS, new ObjectKey("n", "web"), Patch.merge("spec", JsonObject.of("replicas", 0)));
        var status = deployment(json -> json.at("status", "observedGeneration").integer(0) == 2
                && json.at("status", "replicas").isNull()).at("status");
        assertEquals(Json.NULL, status.at("updatedReplicas"));
        world.awaitPods("app", "web", 0);
    }

    private Json available(String version) throws InterruptedException {
        world.await("pod of version " + version, () -> !podsOf(version).isEmpty(), () -> world.pods("app", "web"));
        var pod = podsOf(version).getFirst();
        world.ready(pod, true);
        deployment(json -> json.at("status", "availableReplicas").integer(0) == 1 && json.at("status", "replicas").integer(0) == 1
                && json.at("status", "updatedReplicas").integer(0) == 1
                && json.at("status", "conditions").at(1).at("reason").text("").equals("NewReplicaSetAvailable"));
        return pod;
    }

    private List<JsonObject> podsOf(String version) {
        return world.pods("app", "web").stream().filter(pod -> pod.at("metadata", "annotations", "v").text("").equals(version)).toList();
    }

    private Json deployment(java.util.function.Predicate<Json> until) throws InterruptedException {
        return world.await(Resources.DEPLOYMENTS, "n", "web", until);
    }

    private void template(String version) {
        world.client.patch(Resources.DEPLOYMENTS, new ObjectKey("n", "web"),
                Patch.merge("spec", JsonObject.of("template", World.template("app", "web", version))));
    }
}
