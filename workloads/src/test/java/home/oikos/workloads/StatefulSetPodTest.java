package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.Json;
import org.junit.jupiter.api.Test;

class StatefulSetPodTest {
    @Test
    void aPodCarriesTheWholeNameOfItsRevisionAndIsKnownByTheHashInIt() {
        assertEquals("5d8b844", StatefulSetPlan.hash(labelled("web-front-5d8b844")));
        assertEquals("5d8b844", StatefulSetPlan.hash(labelled("5d8b844")));
    }

    private static Pod labelled(String revision) {
        return Pod.of(Json.parse("{\"metadata\":{\"name\":\"p\",\"labels\":{\"controller-revision-hash\":\"" + revision + "\"}}}"));
    }
}
