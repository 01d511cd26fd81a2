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

class JobTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void podsRunOneAfterAnotherUntilEnoughHaveSucceeded() throws InterruptedException {
        job("two", JsonObject.of("completions", 2, "parallelism", 1));
        end(world.awaitPods("job", "two", 1).getFirst(), "Succeeded");
        job("two", json -> json.at("status", "succeeded").integer(0) == 1 && json.at("status", "active").integer(0) == 1);
        end(running("two"), "Succeeded");
        var status = job("two", json -> json.at("status", "completionTime").isPresent()).at("status");
        assertEquals(2, status.at("succeeded").integer(0));
        assertEquals(Json.NULL, status.at("active"));
        assertEquals(List.of("SuccessCriteriaMet", "Complete"), types(status));
        world.await("released pods", () -> world.all(Resources.PODS, pod -> !pod.at("metadata", "finalizers").array().isEmpty()).isEmpty(),
                () -> world.all(Resources.PODS, _ -> true));
    }

    @Test
    void aFailureBeyondTheBackoffLimitFailsTheJob() throws InterruptedException {
        job("bad", JsonObject.of("completions", 1, "backoffLimit", 0));
        end(world.awaitPods("job", "bad", 1).getFirst(), "Failed");
        var status = job("bad", json -> types(json.at("status")).contains("Failed")).at("status");
        assertEquals(1, status.at("failed").integer(0));
        assertEquals(List.of("FailureTarget", "Failed"), types(status));
        assertEquals("BackoffLimitExceeded", status.at("conditions").at(1).at("reason").text(""));
    }

    @Test
    void aSuspendedIndexedJobGoesOnWhenResumedAndIsDeletedAfterItsEnd() throws InterruptedException {
        job("idx", JsonObject.of("suspend", true, "completions", 2, "parallelism", 2, "completionMode", "Indexed",
                "ttlSecondsAfterFinished", 0));
        var suspended = job("idx", json -> types(json.at("status")).contains("Suspended")).at("status");
        assertEquals(Json.NULL, suspended.at("startTime"));
        world.client.patch(Resources.JOBS, new ObjectKey("n", "idx"), Patch.merge("spec", JsonObject.of("suspend", false)));
        var resumed = job("idx", json -> json.at("status", "active").integer(0) == 2).at("status");
        assertEquals("JobResumed", resumed.at("conditions").at(0).at("reason").text(""));
        end(indexed("1"), "Succeeded");
        job("idx", json -> json.at("status", "completedIndexes").text("").equals("1"));
        end(indexed("0"), "Succeeded");
        world.await(Resources.JOBS, "n", "idx", Json::isNull);
    }

    @Test
    void anIndexedPodKnowsItsIndex() throws InterruptedException {
        job("idx", JsonObject.of("completions", 2, "parallelism", 2, "completionMode", "Indexed"));
        world.awaitPods("job", "idx", 2);
        var pod = indexed("1");
        assertEquals("idx-1", pod.at("spec", "hostname").text(""));
        assertEquals("metadata.labels['batch.kubernetes.io/job-completion-index']",
                pod.at("spec", "containers").at(0).at("env").at(0).at("valueFrom", "fieldRef", "fieldPath").text(""));
    }

    @Test
    void anIndexThatFailsTooOftenFailsAloneAndTheJobInTheEnd() throws InterruptedException {
        job("each", JsonObject.of("completions", 2, "parallelism", 2, "completionMode", "Indexed", "backoffLimit", 2_147_483_647,
                "backoffLimitPerIndex", 0));
        world.awaitPods("job", "each", 2);
        end(indexed("0"), "Failed");
        job("each", json -> json.at("status", "failedIndexes").text("").equals("0"));
        end(indexed("1"), "Succeeded");
        var status = job("each", json -> types(json.at("status")).contains("Failed")).at("status");
        assertEquals("FailedIndexes", status.at("conditions").at(0).at("reason").text(""));
        assertEquals("1", status.at("completedIndexes").text(""));
        assertEquals(2, world.all(Resources.PODS, _ -> true).size(), "no index ran twice");
    }

    @Test
    void theIndexesThatASuccessPolicyNamesAreEnough() throws InterruptedException {
        job("leader", JsonObject.of("completions", 3, "parallelism", 3, "completionMode", "Indexed",
                "successPolicy", JsonObject.of("rules", List.of(JsonObject.of("succeededIndexes", "0")))));
        world.awaitPods("job", "leader", 3);
        end(indexed("0"), "Succeeded");
        var status = job("leader", json -> types(json.at("status")).contains("SuccessCriteriaMet")).at("status");
        assertEquals("SuccessPolicy", status.at("conditions").at(0).at("reason").text(""));
        assertEquals("Matched rules at index 0", status.at("conditions").at(0).at("message").text(""));
    }

    @Test
    void podsOfADeletedJobAreLetGo() throws InterruptedException {
        job("gone", JsonObject.of("completions", 1));
        world.awaitPods("job", "gone", 1);
        world.client.delete(Resources.JOBS, new ObjectKey("n", "gone"), DeleteOptions.DEFAULT);
        world.await("no pods", () -> world.all(Resources.PODS, _ -> true).isEmpty(), () -> world.all(Resources.PODS, _ -> true));
    }

    private void job(String name, JsonObject spec) {
        world.create(Resources.JOBS, "n", name, "spec", spec.with("template", World.template("job", name, "1")));
    }

    private Json job(String name, java.util.function.Predicate<Json> until) throws InterruptedException {
        return world.await(Resources.JOBS, "n", name, until);
    }

    private JsonObject running(String job) {
        return world.pods("job", job).stream().filter(pod -> pod.at("status", "phase").text("").equals("Pending")).findFirst()
                .orElseThrow();
    }

    private JsonObject indexed(String index) {
        return world.pods(Job.INDEX, index).getFirst();
    }

    private void end(Json pod, String phase) {
        world.status(pod, "phase", phase);
    }

    private static List<String> types(Json status) {
        return status.at("conditions").array().stream().map(condition -> condition.at("type").text("")).toList();
    }
}
