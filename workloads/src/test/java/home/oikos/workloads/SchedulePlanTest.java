package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchedulePlanTest {
    private static final PodVolumes NO_VOLUMES = new PodVolumes(Optional.empty(), List.of());

    private static final String REST = ". no new claims to deallocate, preemption: 0/1 nodes are available: "
            + "1 Preemption is not helpful for scheduling.";

    @Test
    void aPodGoesWhereItFits() {
        assertEquals(Optional.of("a"), plan(pod("500m", JsonObject.EMPTY), node("2", JsonObject.EMPTY)).nodeName());
    }

    @Test
    void whatOthersHoldIsNotFree() {
        var there = bound(pod("1800m", JsonObject.EMPTY));
        assertEquals("0/1 nodes are available: 1 Insufficient cpu" + REST, plan(pod("500m", JsonObject.EMPTY), node("2",
                JsonObject.EMPTY), there).message());
    }

    @Test
    void aTaintKeepsOutWhoDoesNotTolerateIt() {
        var tainted = node("2", JsonObject.of("taints", List.of(JsonObject.of("key", "k", "value", "v", "effect", "NoSchedule"))));
        assertEquals("0/1 nodes are available: 1 node(s) had untolerated taint(s)" + REST, plan(pod("1", JsonObject.EMPTY), tainted)
                .message());
        var tolerant = pod("1", JsonObject.of("tolerations", List.of(JsonObject.of("key", "k", "value", "v"))));
        assertEquals(Optional.of("a"), plan(tolerant, tainted).nodeName());
    }

    @Test
    void aSelectorThatMatchesNoNodeIsSaid() {
        var picky = pod("1", JsonObject.of("nodeSelector", JsonObject.of("disk", "ssd")));
        assertEquals("0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector" + REST, plan(picky, node("2",
                JsonObject.EMPTY)).message());
    }

    @Test
    void aHostPortIsTakenOnce() {
        var port = asking(JsonObject.of("hostPort", 80));
        assertEquals("0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports" + REST,
                plan(pod("1", port), node("2", JsonObject.EMPTY), bound(pod("1", port))).message());
    }

    @Test
    void aHostPortOnAnotherAddressOrOfAnotherProtocolIsAnother() {
        var there = JsonObject.of("hostPort", 80, "hostIP", "127.0.0.1");
        assertTrue(fitsBeside(there, JsonObject.of("hostPort", 80, "hostIP", "192.168.1.5")));
        assertTrue(fitsBeside(there, there.with("protocol", "UDP")));
        assertFalse(fitsBeside(there, there));
        assertFalse(fitsBeside(there, JsonObject.of("hostPort", 80, "hostIP", "0.0.0.0")));
    }

    private static boolean fitsBeside(JsonObject there, JsonObject wanted) {
        return plan(pod("1", asking(wanted)), node("2", JsonObject.EMPTY), bound(pod("1", asking(there)))).nodeName().isPresent();
    }

    private static JsonObject asking(JsonObject port) {
        return JsonObject.of("containers", List.of(JsonObject.of("ports", List.of(port))));
    }

    @Test
    void withoutNodesThereIsNowhereToGo() {
        assertEquals("no nodes available to schedule pods", SchedulePlan.of(pod("1", JsonObject.EMPTY), List.of(), List.of(), NO_VOLUMES).message());
    }

    private static long held(String condition, String reason) {
        var status = JsonObject.of("containerStatuses", List.of(JsonObject.of("name", "main", "resources", JsonObject.of("requests",
                        JsonObject.of("cpu", "300m")))),
                "conditions", List.of(JsonObject.of("type", condition, "status", "True", "reason", reason)));
        return Resourcing.ofPod(ResizedSpec.of(JsonObject.of("status", status, "spec", JsonObject.of("containers",
                List.of(container("900m").with("name", "main")))))).of("cpu");
    }

    @Test
    void aPodWhoseAmountsChangeHoldsTheLargerAndNothingOfWhatItCannotGet() {
        assertEquals(List.of(900L, 900L, 300L, 900L), List.of(held("PodResizeInProgress", ""), held("PodResizePending", "Deferred"),
                held("PodResizePending", "Infeasible"), held("Ready", "")));
    }

    @Test
    void aSidecarNeedsItsShareBesideTheOthers() {
        var spec = JsonObject.of("initContainers", List.of(container("300m").with("restartPolicy", "Always"), container("900m")),
                "containers", List.of(container("500m")));
        assertEquals(1200, Resourcing.ofPod(spec).of("cpu"));
    }

    private static JsonObject container(String cpu) {
        return JsonObject.of("resources", JsonObject.of("requests", JsonObject.of("cpu", cpu)));
    }

    private static SchedulePlan plan(Pod pod, Node node, Pod... bound) {
        return SchedulePlan.of(pod, List.of(node), List.of(bound), NO_VOLUMES);
    }

    private static Node node(String cpu, JsonObject spec) {
        return Node.of(JsonObject.of("metadata", JsonObject.of("name", "a"), "spec", spec,
                "status", JsonObject.of("allocatable", JsonObject.of("cpu", cpu, "pods", "10"))));
    }

    private static Pod pod(String cpu, JsonObject spec) {
        return Pod.of(JsonObject.of("metadata", JsonObject.of("name", "p", "namespace", "n"),
                "spec", JsonObject.of("containers", List.of(container(cpu))).withAll(spec)));
    }

    private static Pod bound(Pod pod) {
        return new Pod(pod.metadata(), "a", "Running", true, pod.readyTime(), 0, pod.scheduled(), pod.network(), pod.end(), pod.needs());
    }
}
