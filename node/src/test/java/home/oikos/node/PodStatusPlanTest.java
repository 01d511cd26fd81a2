package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodStatusPlanTest {
    private static final String ONE = "{'containers':[{'name':'main','image':'busybox'}]}";

    @Test
    void aRunningPodSaysSo() {
        var status = status(PodViews.of(ONE).room(0, true).running("main", 0));
        assertEquals("Running", status.at("phase").text(""));
        assertEquals("10.70.4.2", status.at("podIPs").at(0).at("ip").text(""));
        assertEquals("True", condition(status, "Ready").at("status").text(""));
        var container = status.at("containerStatuses").at(0);
        assertEquals("containerd://main0", container.at("containerID").text(""));
        assertTrue(container.at("ready").bool(false) && container.at("started").bool(false));
    }

    @Test
    void aStatusSaysOfWhichGenerationItIs() {
        var status = status(PodViews.of(ONE).generation(3).room(0, true).running("main", 0));
        assertEquals(3, status.at("observedGeneration").integer(0));
        assertEquals(3, condition(status, "Ready").at("observedGeneration").integer(0));
    }

    @Test
    void aChangeOfAmountsIsSaidWhileItLastsAndWhatWasGivenUntilThen() {
        var spec = "{'containers':[{'name':'main','resources':{'requests':{'memory':'64Mi'}}}]}";
        var given = Map.of("main0", Amounts.of(Json.parse("{\"requests\":{\"memory\":\"32Mi\"}}")));
        var stale = "{'conditions':[{'type':'PodResizePending','status':'True','reason':'Deferred'}]}";
        var begun = status(PodViews.of(spec).status(stale).generation(2).room(0, true).running("main", 0)
                .resizes(new Resizes(given, Set.of(), Optional.empty(), Optional.of("too small"))));
        assertEquals("Error: too small 2", condition(begun, "PodResizeInProgress").at("reason").text("") + ": " + condition(begun,
                "PodResizeInProgress").at("message").text("") + " " + condition(begun, "PodResizeInProgress").at("observedGeneration")
                .integer(0));
        assertFalse(begun.at("conditions").toString().contains("PodResizePending"));
        var container = begun.at("containerStatuses").at(0);
        assertEquals("32Mi 64Mi", container.at("resources", "requests", "memory").text("") + " "
                + container.at("allocatedResources", "memory").text(""));
        var pending = status(PodViews.of(spec).room(0, true).running("main", 0).resizes(new Resizes(Map.of(), Set.of(),
                Optional.of(new Resizes.Pending("Deferred", "later")), Optional.empty())));
        assertEquals("Deferred", condition(pending, "PodResizePending").at("reason").text(""));
        assertFalse(pending.at("conditions").toString().contains("PodResizeInProgress"));
    }

    @Test
    void howAContainerEndedIsStillToldWhenTheRuntimeHasForgottenIt() {
        var told = "{'phase':'Failed','containerStatuses':[{'name':'main','state':{'terminated':{'exitCode':3}}}]}";
        assertEquals(3, status(PodViews.of(ONE).status(told)).at("containerStatuses").at(0).at("state", "terminated", "exitCode").integer(0));
        var running = "{'phase':'Running','containerStatuses':[{'name':'main','state':{'running':{}}}]}";
        assertEquals("ContainerCreating", status(PodViews.of(ONE).status(running)).at("containerStatuses").at(0)
                .at("state", "waiting", "reason").text(""));
    }

    @Test
    void aPodThatTheNodeEndsHasFailedAndSaysWhy() {
        var status = status(PodViews.of(ONE).room(0, true).running("main", 0).verdict(new PodVerdict("Evicted", "no memory")));
        assertEquals("Failed Evicted: no memory", status.at("phase").text("") + " " + status.at("reason").text("") + ": "
                + status.at("message").text(""));
    }

    @Test
    void anEphemeralContainerHasAStatusOfItsOwnAndKeepsNoPodFromBeingReady() {
        var spec = "{'containers':[{'name':'main','image':'busybox'}],'ephemeralContainers':[{'name':'debugger','image':'busybox'}]}";
        var status = status(PodViews.of(spec).room(0, true).running("main", 0).ended("debugger", 0, 1));
        assertEquals("True", condition(status, "Ready").at("status").text(""));
        assertEquals(1, status.at("ephemeralContainerStatuses").at(0).at("state", "terminated", "exitCode").integer(0));
        assertEquals(1, status.at("containerStatuses").array().size());
    }

    @Test
    void anUnreadyContainerIsNamed() {
        var status = status(PodViews.of(ONE).room(0, true).running("main", 0).probe("main0", new ProbeState(true, false, true)));
        assertEquals("containers with unready status: [main]", condition(status, "Ready").at("message").text(""));
        assertEquals("Running", status.at("phase").text(""));
    }

    @Test
    void beforeItsContainersStartAPodIsPending() {
        var status = status(PodViews.of("{'initContainers':[{'name':'first'}],'containers':[{'name':'main'}]}").room(0, true));
        assertEquals("Pending", status.at("phase").text(""));
        assertEquals("PodInitializing", status.at("containerStatuses").at(0).at("state", "waiting", "reason").text(""));
        assertEquals("containers with incomplete status: [first]", condition(status, "Initialized").at("message").text(""));
    }

    @Test
    void aContainerThatWaitsToRunAgainSaysHowLong() {
        var status = status(PodViews.of(ONE).room(0, true).run("main", 2, Container.State.EXITED, 1, Duration.ofSeconds(1), 2));
        var container = status.at("containerStatuses").at(0);
        assertEquals("CrashLoopBackOff", container.at("state", "waiting", "reason").text(""));
        assertEquals("back-off 20s restarting failed container=main pod=web_home(u1)", container.at("state", "waiting",
                "message").text(""));
        assertEquals(1, container.at("lastState", "terminated", "exitCode").integer(0));
        assertEquals(2, container.at("restartCount").integer(0));
    }

    @Test
    void whatKeepsAContainerFromStartingIsTold() {
        var status = status(PodViews.of(ONE).room(0, true).waiting("main", "ErrImagePull"));
        assertEquals("ErrImagePull", status.at("containerStatuses").at(0).at("state", "waiting", "reason").text(""));
        assertEquals("ErrImagePull in words", status.at("containerStatuses").at(0).at("state", "waiting", "message").text(""));
    }

    @Test
    void aPodThatIsDoneHasSucceededOrFailed() {
        var spec = "{'restartPolicy':'Never','containers':[{'name':'main'},{'name':'side'}]}";
        assertEquals("Succeeded", status(PodViews.of(spec).room(0, true).ended("main", 0, 0).ended("side", 0, 0)).at("phase").text(""));
        assertEquals("Failed", status(PodViews.of(spec).room(0, true).ended("main", 0, 0).ended("side", 0, 3)).at("phase").text(""));
        assertEquals("Running", status(PodViews.of(spec).room(0, true).ended("main", 0, 0).running("side", 0)).at("phase").text(""));
    }

    @Test
    void conditionsKeepTheirTimeAndOthersStay() {
        var status = status(PodViews.of(ONE).room(0, true).running("main", 0).status("""
                {'conditions':[{'type':'Ready','status':'True','lastTransitionTime':'2020-01-01T00:00:00Z'},
                 {'type':'Initialized','status':'False','lastTransitionTime':'2020-01-01T00:00:00Z'},
                 {'type':'example.com/own','status':'True'}]}"""));
        assertEquals("2020-01-01T00:00:00Z", condition(status, "Ready").at("lastTransitionTime").text(""));
        assertEquals("2026-11-24T12:00:00Z", condition(status, "Initialized").at("lastTransitionTime").text(""));
        assertEquals("True", condition(status, "example.com/own").at("status").text(""));
    }

    @Test
    void aReadinessGateHoldsThePodBack() {
        var gated = "{'readinessGates':[{'conditionType':'example.com/own'}],'containers':[{'name':'main'}]}";
        assertEquals("ReadinessGatesNotReady", condition(status(PodViews.of(gated).room(0, true).running("main", 0)),
                "Ready").at("reason").text(""));
        var open = PodViews.of(gated).room(0, true).running("main",
                0).status("{'conditions':[{'type':'example.com/own','status':'True'}]}");
        assertEquals("True", condition(status(open), "Ready").at("status").text(""));
    }

    @Test
    void aPodOnTheHostsNetworkHasItsAddress() {
        var status = status(PodViews.of("{'hostNetwork':true,'containers':[{'name':'main'}]}").room(0, true).running("main", 0));
        assertEquals("192.168.1.20", status.at("podIP").text(""));
    }

    @Test
    void theQualityOfServiceFollowsRequestsAndLimits() {
        assertEquals(QosClass.BEST_EFFORT, qos("{}"));
        assertEquals(QosClass.BURSTABLE, qos("{'requests':{'cpu':'10m'}}"));
        assertEquals(QosClass.BURSTABLE, qos("{'limits':{'cpu':'1'}}"));
        assertEquals(QosClass.GUARANTEED, qos("{'limits':{'cpu':'1','memory':'64Mi'}}"));
        assertEquals(QosClass.GUARANTEED, qos("{'limits':{'cpu':'1','memory':'64Mi'},'requests':{'cpu':'1000m','memory':'65536Ki'}}"));
        assertEquals(QosClass.BURSTABLE, qos("{'limits':{'cpu':'1','memory':'64Mi'},'requests':{'cpu':'500m','memory':'64Mi'}}"));
        assertEquals(500, QosClass.BURSTABLE.oomScore(512, 1024));
        assertEquals(-997, QosClass.GUARANTEED.oomScore(512, 1024));
    }

    private static QosClass qos(String resources) {
        return QosClass.of(PodViews.of("{'containers':[{'name':'main','resources':" + resources + "}]}").view().pod());
    }

    private static JsonObject status(PodViews pod) {
        return new PodStatusPlan(pod.view(), "192.168.1.20", _ -> "").status();
    }

    private static Json condition(JsonObject status, String type) {
        return status.at("conditions").array().stream().filter(each -> each.at("type").text("").equals(type)).findFirst().orElseThrow();
    }
}
