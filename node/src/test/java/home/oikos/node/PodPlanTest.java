package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.node.PodStep.Finish;
import home.oikos.node.PodStep.MakeSandbox;
import home.oikos.node.PodStep.RemoveContainer;
import home.oikos.node.PodStep.ResizeContainer;
import home.oikos.node.PodStep.StartContainer;
import home.oikos.node.PodStep.StopContainer;
import home.oikos.node.PodStep.StopSandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodPlanTest {
    private static final String ONE = "{'containers':[{'name':'main'}]}";
    private static final String TWO = "{'containers':[{'name':'main'},{'name':'side'}]}";
    private static final String INIT = "{'initContainers':[{'name':'first'},{'name':'second'}],'containers':[{'name':'main'}]}";
    private static final String SIDECAR = "{'initContainers':[{'name':'proxy','restartPolicy':'Always'},{'name':'init'}],"
            + "'containers':[{'name':'main'}]}";

    @Test
    void aNewPodGetsItsRoomFirst() {
        assertEquals(List.of(new MakeSandbox(0)), PodViews.of(ONE).plan().steps());
    }

    @Test
    void allContainersStartInTheRoom() {
        assertEquals(List.of(new StartContainer("main", 0, 0), new StartContainer("side", 0, 0)), PodViews.of(TWO).room(0,
                true).plan().steps());
    }

    @Test
    void whatRunsIsLeftAlone() {
        assertEquals(List.of(), PodViews.of(TWO).room(0, true).running("main", 0).running("side", 0).plan().steps());
    }

    private static PodViews given(String policies, String memoryGiven) {
        var spec = "{'restartPolicy':'OnFailure','containers':[{'name':'main','resources':{'limits':{'memory':'64Mi','cpu':'1000m'}},"
                + "'resizePolicy':[" + policies + "]}]}";
        var amounts = Amounts.of(Json.parse("{\"limits\":{\"memory\":\"" + memoryGiven + "\",\"cpu\":\"1\"}}"));
        return PodViews.of(spec).room(0, true).resizes(new Resizes(Map.of("main0", amounts), Set.of("main0"), Optional.empty(),
                Optional.empty()));
    }

    @Test
    void aContainerThatWasGivenOtherAmountsIsGivenThoseOfItsSpec() {
        assertEquals(List.of(new ResizeContainer("main0", "main")), given("", "32Mi").running("main", 0).plan().steps());
        assertEquals(List.of(), given("", "65536Ki").running("main", 0).plan().steps());
    }

    @Test
    void aContainerWhosePolicySaysSoIsRestartedForItAtOnceHoweverItEnds() {
        var restart = "{'resourceName':'memory','restartPolicy':'RestartContainer'}";
        assertEquals(List.of(new StopContainer("main0", "main", Duration.ofSeconds(30), PodPlan.RESIZE)),
                given(restart, "32Mi").running("main", 0).plan().steps());
        assertEquals(List.of(new StartContainer("main", 1, 0)), given(restart, "32Mi").ended("main", 0, 0).plan().steps());
        assertEquals(List.of(new ResizeContainer("main0", "main")), given(restart.replace("memory", "cpu"), "32Mi").running("main",
                0).plan().steps());
    }

    @Test
    void aRoomWhosePauseProcessDiedIsMadeAnewAndItsContainersWithIt() {
        var lost = PodViews.of(ONE).room(0, false).ended("main", 3, 137);
        assertEquals(List.of(new StopSandbox("room0"), new MakeSandbox(1)), lost.plan().steps());
        assertEquals(List.of(new StartContainer("main", 4, 1)), lost.room(1, true).plan().steps());
    }

    @Test
    void aContainerThatEndedRunsAgainAtOnceTheFirstTime() {
        assertEquals(List.of(new StartContainer("main", 1, 1)), PodViews.of(ONE).room(0, true).ended("main", 0, 1).plan().steps());
    }

    @Test
    void aContainerThatKeepsEndingWaitsTwiceAsLongEachTime() {
        for (var expected : List.of(List.of(1, 10), List.of(2, 20), List.of(3, 40), List.of(5, 160), List.of(6, 300), List.of(30, 300))) {
            var plan = PodViews.of(ONE).room(0, true)
                    .run("main", expected.getFirst(), Container.State.EXITED, 1, Duration.ofSeconds(1), expected.getFirst()).plan();
            assertEquals(List.of(), plan.steps());
            assertEquals(Optional.of(PodViews.NOW.minusSeconds(1).plusSeconds(expected.getLast())), plan.lookAgain());
        }
    }

    @Test
    void aLongRunForgetsEarlierFailures() {
        var plan = PodViews.of(ONE).room(0, true).run("main", 9, Container.State.EXITED, 1, Duration.ofMinutes(10), 9).plan();
        assertEquals(List.of(new StartContainer("main", 10, 1)), plan.steps());
    }

    @Test
    void restartPoliciesDecideWhatRunsAgain() {
        for (var policy : List.of("Never", "OnFailure")) {
            var spec = "{'restartPolicy':'" + policy + "','containers':[{'name':'main'}]}";
            assertEquals(List.of(new StopSandbox("room0")), PodViews.of(spec).room(0, true).ended("main", 0, 0).plan().steps(), policy);
            boolean again = policy.equals("OnFailure");
            assertEquals(again ? List.of(new StartContainer("main", 1, 1)) : List.of(new StopSandbox("room0")),
                    PodViews.of(spec).room(0, true).ended("main", 0, 2).plan().steps(), policy);
        }
    }

    @Test
    void initContainersRunOneAfterAnother() {
        var pod = PodViews.of(INIT).room(0, true);
        assertEquals(List.of(new StartContainer("first", 0, 0)), pod.plan().steps());
        assertEquals(List.of(), pod.running("first", 0).plan().steps());
        pod = PodViews.of(INIT).room(0, true).ended("first", 0, 0);
        assertEquals(List.of(new StartContainer("second", 0, 0)), pod.plan().steps());
        assertEquals(List.of(new StartContainer("main", 0, 0)), pod.ended("second", 0, 0).plan().steps());
    }

    @Test
    void aFailedInitContainerRunsAgainOrFailsThePod() {
        assertEquals(List.of(new StartContainer("first", 1, 1)), PodViews.of(INIT).room(0, true).ended("first", 0, 1).plan().steps());
        var never = PodViews.of(INIT.replace("{'init", "{'restartPolicy':'Never','init")).room(0, true).ended("first", 0, 1);
        assertEquals(Optional.of(PodEnd.FAILED), PodEnd.of(never.view()));
        assertEquals(List.of(new StopSandbox("room0")), never.plan().steps());
    }

    @Test
    void initContainersAreNotRunAgainBesideARunningPod() {
        assertEquals(List.of(), PodViews.of(INIT).room(0, true).running("main", 0).plan().steps());
    }

    @Test
    void aSidecarStaysAndOthersWaitUntilItHasStarted() {
        var pod = PodViews.of(SIDECAR).room(0, true);
        assertEquals(List.of(new StartContainer("proxy", 0, 0)), pod.plan().steps());
        pod.running("proxy", 0).probe("proxy0", new ProbeState(false, false, true));
        assertEquals(List.of(), pod.plan().steps());
        pod.probe("proxy0", new ProbeState(true, false, true));
        assertEquals(List.of(new StartContainer("init", 0, 0)), pod.plan().steps());
    }

    @Test
    void whenTheMainContainersAreDoneTheSidecarIsEnded() {
        var pod = PodViews.of(SIDECAR.replace("{'init", "{'restartPolicy':'Never','init")).room(0, true).running("proxy", 0).ended("init",
                0, 0)
                .ended("main", 0, 0);
        assertTrue(pod.plan().steps().getFirst() instanceof StopContainer stop && stop.id().equals("proxy0"));
    }

    @Test
    void aContainerThatIsNotAliveIsEndedOnce() {
        var pod = PodViews.of(ONE).room(0, true).running("main", 0).probe("main0", new ProbeState(true, true, false));
        assertEquals(List.of(new StopContainer("main0", "main", Duration.ofSeconds(30), "Unhealthy")), pod.plan().steps());
        assertEquals(List.of(), pod.stopping("main0").plan().steps());
    }

    @Test
    void aContainerThatWasMadeButNeverStartedIsMadeAgain() {
        var plan = PodViews.of(ONE).room(0, true).run("main", 2, Container.State.CREATED, 0, Duration.ZERO, 2).plan();
        assertEquals(List.of(new RemoveContainer("main2"), new StartContainer("main", 2, 2)), plan.steps());
    }

    @Test
    void onlyTheLastRunAndTheOneBeforeAreKept() {
        var plan = PodViews.of(ONE).room(0, true).ended("main", 0, 1).ended("main", 1, 1).ended("main", 2, 1).running("main", 3).plan();
        assertEquals(List.of(new RemoveContainer("main1"), new RemoveContainer("main0")), plan.steps());
    }

    @Test
    void aDeletedPodEndsItsContainersThenItsRoomThenItself() {
        var pod = PodViews.of(TWO).room(0, true).running("main", 0).ended("side", 0, 1).deleting();
        assertEquals(List.of(new StopContainer("main0", "main", Duration.ofSeconds(7), "Killing")), pod.plan().steps());
        assertEquals(List.of(), pod.stopping("main0").plan().steps());
        var over = PodViews.of(TWO).room(0, true).ended("main", 0, 0).ended("side", 0, 1).deleting();
        assertEquals(List.of(new StopSandbox("room0"), new Finish()), over.plan().steps());
    }

    @Test
    void aDeletedPodThatNeverBeganIsFinishedAtOnce() {
        assertEquals(List.of(new Finish()), PodViews.of(ONE).deleting().plan().steps());
    }

    @Test
    void aPodThatEndedStaysEndedWhateverTheRuntimeForgot() {
        assertEquals(List.of(),
                PodViews.of("{'restartPolicy':'Never','containers':[{'name':'main'}]}").status("{'phase':'Succeeded'}").plan().steps());
    }

    @Test
    void restartsGoOnCountingWhereTheRuntimeForgotThem() {
        var pod = PodViews.of(ONE).room(0, true)
                .status("{'phase':'Running','containerStatuses':[{'name':'main','restartCount':4,'containerID':'containerd://gone'}]}");
        assertEquals(List.of(new StartContainer("main", 5, 0)), pod.plan().steps());
    }

    @Test
    void everyPlanComesToRestWhenItsStepsAreDone() {
        for (var spec : List.of(ONE, TWO, INIT, SIDECAR)) {
            var pod = PodViews.of(spec).room(0, true);
            for (var container : ContainerSpec.all(pod.view().pod())) {
                if (container.isInit()) pod.ended(container.name(), 0, 0);
                else pod.running(container.name(), 0);
            }
            assertEquals(List.of(), pod.plan().steps(), spec);
        }
    }

    @Test
    void sidecarsEndAfterTheOthersAndInTheOppositeOrderOfTheirStart() {
        var spec = "{'initContainers':[{'name':'first','restartPolicy':'Always'},{'name':'second','restartPolicy':'Always'}],"
                + "'containers':[{'name':'main'}]}";
        var views = PodViews.of(spec).room(0, true).running("first", 0).running("second", 0).deleting();
        assertEquals(List.of(new StopContainer("second0", "second", Duration.ofSeconds(1), "Killing")), views.plan().steps());
        views.running("main", 0);
        assertEquals(List.of(new StopContainer("main0", "main", Duration.ofSeconds(7), "Killing")), views.plan().steps());
    }

    @Test
    void anEphemeralContainerJoinsARunningPodAndRunsOnce() {
        var spec = "{'containers':[{'name':'main'}],'ephemeralContainers':[{'name':'debugger'}]}";
        assertEquals(List.of(new StartContainer("debugger", 0, 0)), PodViews.of(spec).room(0, true).running("main", 0).plan().steps());
        assertEquals(List.of(), PodViews.of(spec).room(0, true).running("main", 0).ended("debugger", 0, 1).plan().steps());
    }

    @Test
    void aPodWhoseTimeIsUpIsEndedAndItsEndIsLookedForward() {
        var views = PodViews.of("{'activeDeadlineSeconds':60,'containers':[{'name':'main'}]}").room(0, true).running("main", 0)
                .status("{'startTime':'2026-11-24T11:59:30Z'}");
        assertEquals(Optional.of(PodViews.NOW.plusSeconds(30)), views.plan().lookAgain());
        var late = views.verdict(PodVerdict.ofTime(views.view().pod(), PodViews.NOW.plusSeconds(30)).orElseThrow());
        assertEquals(List.of(new StopContainer("main0", "main", Duration.ofSeconds(30), "Killing")), late.plan().steps());
    }
}
