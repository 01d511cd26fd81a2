package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NodeLifeCycleTest {
    @Test
    void aTaintThatEndsPodsEndsThoseThatDoNotTolerateIt() throws InterruptedException {
        try (var world = new World()) {
            world.node("a", "2");
            world.create(Resources.PODS, "n", "goes", "spec", JsonObject.of("nodeName", "a"));
            world.create(Resources.PODS, "n", "stays", "spec", JsonObject.of("nodeName", "a", "tolerations", List.of(JsonObject.of("key", "broken",
                    "operator", "Exists"))));
            world.client.patch(Resources.NODES, ObjectKey.clusterScoped("a"), Patch.merge("spec", JsonObject.of("taints", List.of(
                    JsonObject.of("key", "broken", "effect", "NoExecute")))));
            world.await("the end of the one", () -> world.all(Resources.EVENTS, event -> event.at("reason").text("").equals("TaintManagerEviction"))
                    .stream().map(event -> event.at("involvedObject", "name").text("")).toList().equals(List.of("goes")), () -> "");
            assertEquals(Json.NULL, world.get(Resources.PODS, "n", "stays").at("metadata", "deletionTimestamp"));
        }
    }

    @Test
    void aPodBearsAllTaintsForItsShortestPatience() {
        var tolerations = "[{\"key\":\"x\",\"operator\":\"Exists\",\"tolerationSeconds\":300},{\"key\":\"y\",\"operator\":\"Exists\",\"tolerationSeconds\":20},"
                + "{\"key\":\"z\",\"operator\":\"Exists\"}]";
        assertEquals(Optional.empty(), patience(tolerations));
        assertEquals(Optional.of(OptionalLong.of(20)), patience(tolerations, "x", "y", "z"));
        assertEquals(Optional.of(OptionalLong.empty()), patience(tolerations, "z"));
        assertEquals(Optional.of(OptionalLong.of(0)), patience(tolerations, "x", "other"));
    }

    @Test
    void aPodThatWasNeverOnANodeGoesAtOnce() throws InterruptedException {
        try (var world = new World()) {
            world.create(Resources.PODS, "n", "p", "metadata", JsonObject.of("finalizers", List.of("e.com/hold")), "spec",
                    JsonObject.of("schedulerName", "nobody"));
            world.client.delete(Resources.PODS, new ObjectKey("n", "p"), DeleteOptions.DEFAULT);
            world.client.patch(Resources.PODS, new ObjectKey("n", "p"), Patch.merge("metadata", JsonObject.of("finalizers", List.of())));
            world.await(Resources.PODS, "n", "p", Json::isNull);
        }
    }

    private static Optional<OptionalLong> patience(String tolerations, String... taints) {
        var pod = Pod.of(Json.parse("{\"metadata\":{\"name\":\"p\"},\"spec\":{\"nodeName\":\"a\",\"tolerations\":" + tolerations + "}}"));
        var given = List.of(taints).stream().map(key -> JsonObject.of("key", key, "effect", "NoExecute")).toList();
        return TaintEvictionReconciler.patience(pod, Node.of(JsonObject.of("metadata", JsonObject.of("name", "a"), "spec",
                JsonObject.of("taints", given))));
    }
}
