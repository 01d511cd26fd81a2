package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.JsonObject;
import home.oikos.node.Resizes.Pending;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResizeVerdictTest {
    private static final PodView NEIGHBOUR = PodViews.of("{'containers':[{'name':'main','resources':{'requests':{'cpu':'1500m'}}}]}")
            .named("neighbour").view();

    private static Optional<Pending> of(String spec, PodView... others) {
        return new ResizeVerdict(JsonObject.of("cpu", "2", "memory", "1Gi"), List.of(others)).of(PodViews.of(spec).view().pod());
    }

    private static String asking(String cpu, String memory) {
        return "{'containers':[{'name':'main','resources':{'requests':{'cpu':'" + cpu + "','memory':'" + memory + "'}}}]}";
    }

    @Test
    void whatFitsBesideTheOthersIsGranted() {
        assertEquals(Optional.empty(), of(asking("500m", "1Gi"), NEIGHBOUR));
    }

    @Test
    void whatOthersHaveIsWaitedFor() {
        assertEquals(Optional.of(new Pending("Deferred", "Node didn't have enough resource: cpu, requested: 501, used: 1500, "
                + "capacity: 2000")),
                of(asking("501m", "1Mi"), NEIGHBOUR));
    }

    @Test
    void aPodThatHasEndedHoldsNothing() {
        var ended = PodViews.of(asking("2", "1Mi")).status("{'phase':'Failed'}").view();
        assertEquals(Optional.empty(), of(asking("2", "1Mi"), ended));
    }

    @Test
    void whatTheWholeMachineHasNotIsNeverWaitedFor() {
        assertEquals(Optional.of(new Pending("Infeasible", "Node didn't have enough capacity: memory, requested: 2147483648, "
                + "capacity: 1073741824")), of(asking("501m", "2Gi"), NEIGHBOUR));
    }

    @Test
    void anInitContainerCountsWhileItAsksForMoreThanTheOthersTogether() {
        var init = "{'initContainers':[{'name':'first','resources':{'requests':{'cpu':'3'}}}],'containers':[{'name':'main'}]}";
        assertEquals("Infeasible", of(init).orElseThrow().reason());
    }
}
