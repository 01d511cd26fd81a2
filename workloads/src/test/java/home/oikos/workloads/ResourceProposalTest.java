package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import home.oikos.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceProposalTest {
    private static final Json HALF = Json.parse("{\"type\":\"Utilization\",\"averageUtilization\":50}");

    @Test
    void replicasFollowTheRatioOfUseToTarget() throws Exception {
        var proposal = ResourceProposal.of("cpu", HALF, 2, pods(2, true), Map.of("p0", 100L, "p1", 100L));
        assertEquals(4, proposal.replicas(), "100 % of what was asked for is twice the target");
        assertEquals("{\"averageUtilization\":100,\"averageValue\":\"100m\"}", proposal.current().at("resource", "current").toString());
    }

    @Test
    void nearTheTargetNothingIsDone() throws Exception {
        assertEquals(2, ResourceProposal.of("cpu", HALF, 2, pods(2, true), Map.of("p0", 54L, "p1", 54L)).replicas());
    }

    @Test
    void anAverageValueNeedsNoRequests() throws Exception {
        var target = Json.parse("{\"type\":\"AverageValue\",\"averageValue\":\"100Mi\"}");
        long used = 300L << 20;
        assertEquals(6, ResourceProposal.of("memory", target, 2, pods(2, true), Map.of("p0", used * 1_000, "p1", used * 1_000)).replicas());
    }

    @Test
    void aPodThatWasNotMeasuredSoftensTheChange() throws Exception {
        assertEquals(2, ResourceProposal.of("cpu", HALF, 2, pods(2, true), Map.of("p0", 10L)).replicas(),
                "one idles, the other may be at its request: no reason to go down");
        assertEquals(3, ResourceProposal.of("cpu", HALF, 2, pods(2, true), Map.of("p0", 150L)).replicas(),
                "one works for three, the other may idle");
    }

    @Test
    void aPodThatIsNotReadyYetIsNoReasonForMore() throws Exception {
        var pods = new ArrayList<>(pods(1, true));
        pods.add(pod("p1", false));
        assertEquals(2, ResourceProposal.of("cpu", HALF, 2, pods, Map.of("p0", 100L, "p1", 500L)).replicas());
    }

    @Test
    void whatCannotBeMeasuredIsSaid() {
        assertEquals("unable to get metrics for resource cpu: no metrics returned from resource metrics API",
                assertThrows(ResourceProposal.Unknown.class, () -> ResourceProposal.of("cpu", HALF, 2, pods(2, true), Map.of())).getMessage());
        assertEquals("failed to get memory utilization: missing request for memory in container c of Pod p0",
                assertThrows(ResourceProposal.Unknown.class, () -> ResourceProposal.of("memory", HALF, 1, pods(1, true), Map.of("p0", 1L)))
                        .getMessage());
    }

    private static List<Json> pods(int count, boolean ready) {
        var pods = new ArrayList<Json>();
        for (int i = 0; i < count; i++) pods.add(pod("p" + i, ready));
        return pods;
    }

    private static Json pod(String name, boolean ready) {
        return Json.parse("""
                {"metadata":{"name":"%s","namespace":"n"},"spec":{"nodeName":"a","containers":[{"name":"c","resources":{"requests":{"cpu":"100m"}}}]},
                 "status":{"phase":"Running","conditions":[{"type":"Ready","status":"%s"}]}}""".formatted(name, ready ? "True" : "False"));
    }
}
