package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an eviction says of the pod that it ends. A finalizer keeps the pod to be looked at.
class EvictionTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api();
        api.post("/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'default'},'automountServiceAccountToken':false}");
        api.post(PODS, "{'metadata':{'name':'p','finalizers':['test/kept']},'spec':{'containers':[{'name':'c','image':'x'}]}}");
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private void evict(String more) throws Exception {
        api.post(PODS + "/p/eviction", "{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'p'}" + more + "}");
    }

    @Test
    void itSaysWhyThePodEnds() throws Exception {
        evict("");
        var pod = api.get(PODS + "/p");
        assertTrue(pod.at("metadata", "deletionTimestamp").isPresent(), pod.toString());
        var condition = Condition.of(pod.object(), "DisruptionTarget");
        assertEquals("True EvictionByEvictionAPI", condition.at("status").text("") + " " + condition.at("reason").text(""));
    }

    @Test
    void oneThatIsOnlyTriedOrMeansAnotherPodSaysNothing() throws Exception {
        evict(",'deleteOptions':{'dryRun':['All']}");
        api.refused(409, "POST", PODS + "/p/eviction", "application/json",
                "{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'p'},'deleteOptions':{'preconditions':{'uid':'another'}}}");
        var pod = api.get(PODS + "/p");
        assertFalse(pod.at("metadata", "deletionTimestamp").isPresent() || Condition.of(pod.object(), "DisruptionTarget").isPresent(), pod.toString());
    }
}
