package home.oikos.cri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.node.PodIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Pods whose containers get other amounts of CPU and memory while they run, against a real containerd.
class PodResizeTest {
    private static final String SLEEPS = "'name':'main','image':'busybox','command':['/bin/sleep','600']";
    /// Ends well when it is asked to, so that only the change itself is a reason to run again.
    private static final String POLITE = "'name':'main','image':'busybox','command':['/bin/sh','-c',"
            + "'trap \\'exit 0\\' TERM; while :; do sleep 0.1; done'],"
            + "'resizePolicy':[{'resourceName':'memory','restartPolicy':'RestartContainer'}]";
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = new TestNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static PodIdentity pod(String name, String container, String resources) {
        return node.pod(name, "{'restartPolicy':'OnFailure','terminationGracePeriodSeconds':5,'containers':[{" + container
                + ",'resources':" + resources + "}]}");
    }

    private static void resize(PodIdentity pod, String resources) {
        var containers = node.read(pod.name()).at("spec", "containers").array().map(container -> container.object().with("resources",
                Json.parse(resources.replace('\'', '"'))));
        node.client.patch(Resources.PODS, pod.key(), Patch.merge("spec", JsonObject.of("containers", containers)));
    }

    private static String memory(Json pod) {
        return TestNode.container(pod, 0).at("resources", "limits", "memory").text("");
    }

    private static Json condition(Json pod, String type) {
        return pod.at("status", "conditions").array().stream().filter(each -> each.at("type").text("").equals(type)).findFirst()
                .orElse(Json.NULL);
    }

    private static boolean settled(Json pod) {
        return TestNode.isReady(pod) && condition(pod, "PodResizePending").isNull() && condition(pod, "PodResizeInProgress").isNull();
    }

    /// What the kernel says, whichever generation of control groups it has.
    private static String kernel(PodIdentity pod) {
        return node.exec(pod, "sh", "-c", "cd /sys/fs/cgroup; cat memory.max memory/memory.limit_in_bytes 2>/dev/null; "
                + "cat cpu/cpu.cfs_quota_us 2>/dev/null || cut -d' ' -f1 cpu.max").replace('\n', ' ').strip();
    }

    @Test
    void aContainerGetsOtherAmountsAndRunsOn() {
        var pod = pod("grows", SLEEPS, "{'requests':{'cpu':'20m','memory':'16Mi'},'limits':{'memory':'32Mi'}}");
        var before = node.awaitReady("grows");
        assertEquals("32Mi 20m", memory(before) + " " + TestNode.container(before, 0).at("allocatedResources", "cpu").text(""));
        resize(pod, "{'requests':{'cpu':'40m','memory':'24Mi'},'limits':{'cpu':'60m','memory':'64Mi'}}");
        var after = node.await("grows", found -> memory(found).equals("64Mi") && settled(found));
        assertEquals("67108864 6000", kernel(pod));
        assertEquals("40m 24Mi", TestNode.container(after, 0).at("allocatedResources", "cpu").text("") + " "
                + TestNode.container(after, 0).at("resources", "requests", "memory").text(""));
        assertEquals(TestNode.container(before, 0).at("containerID"), TestNode.container(after, 0).at("containerID"));
        assertTrue(node.events().stream().anyMatch(event -> event.startsWith("grows ResizeCompleted: Pod resize completed: {")));
    }

    @Test
    void aContainerWhosePolicySaysSoIsStartedAnewThoughItEndedWell() {
        var pod = pod("restarts", POLITE, "{'limits':{'cpu':'100m','memory':'32Mi'}}");
        node.awaitReady("restarts");
        resize(pod, "{'limits':{'cpu':'200m','memory':'32Mi'}}");
        var kept = node.await("restarts", found -> TestNode.container(found, 0).at("resources", "limits", "cpu").text("").equals("200m")
                && settled(found));
        assertEquals(0, TestNode.container(kept, 0).at("restartCount").integer(-1));
        resize(pod, "{'limits':{'cpu':'200m','memory':'64Mi'}}");
        var anew = node.await("restarts", found -> memory(found).equals("64Mi") && settled(found));
        assertEquals(1, TestNode.container(anew, 0).at("restartCount").integer(-1));
        assertEquals("67108864 20000", kernel(pod));
    }

    @Test
    void whatTheMachineHasNotIsSaidAndWhatIsInUseIsNotTakenAway() {
        var pod = pod("greedy", SLEEPS, "{'limits':{'cpu':'100m','memory':'32Mi'}}");
        node.awaitReady("greedy");
        resize(pod, "{'limits':{'cpu':'1k','memory':'32Mi'}}");
        node.await("greedy", found -> condition(found, "PodResizePending").at("reason").text("").equals("Infeasible"));
        node.agent.close();
        node.agent = node.start();
        resize(pod, "{'limits':{'cpu':'100m','memory':'4Ki'}}");
        var refused = node.await("greedy", found -> condition(found, "PodResizeInProgress").at("reason").text("").equals("Error"));
        assertTrue(condition(refused, "PodResizeInProgress").at("message").text("").contains("memory limit (4096) below current usage ("));
        assertTrue(condition(refused, "PodResizePending").isNull());
        assertEquals("33554432 10000", kernel(pod));
        resize(pod, "{'limits':{'cpu':'100m','memory':'32Mi'}}");
        assertEquals(0, TestNode.container(node.await("greedy", PodResizeTest::settled), 0).at("restartCount").integer(-1));
    }
}
