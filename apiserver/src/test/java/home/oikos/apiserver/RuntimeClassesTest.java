package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuntimeClassesTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api();
        api.post("/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'default'}}");
        api.post("/apis/node.k8s.io/v1/runtimeclasses", """
                {'metadata':{'name':'vm'},'handler':'vm','overhead':{'podFixed':{'cpu':'10m'}},
                 'scheduling':{'nodeSelector':{'vm':'yes'},'tolerations':[{'key':'vm','operator':'Exists'}]}}""");
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private static String pod(String name, String more) {
        return "{'metadata':{'name':'" + name + "'},'spec':{'containers':[{'name':'c','image':'x'}]," + more + "}}";
    }

    @Test
    void aPodTakesItsCostAndItsPlaceFromTheClass() throws Exception {
        var made = api.post(PODS, pod("p", "'runtimeClassName':'vm','nodeSelector':{'mine':'too'}"));
        assertEquals("10m", made.at("spec", "overhead", "cpu").text(""));
        assertEquals("yestoo", made.at("spec", "nodeSelector", "vm").text("") + made.at("spec", "nodeSelector", "mine").text(""));
        assertTrue(made.at("spec", "tolerations").toString().contains("{\"key\":\"vm\",\"operator\":\"Exists\"}"));
    }

    @Test
    void aClassThatIsNotThereIsForbidden() throws Exception {
        assertEquals("pods \"p\" is forbidden: pod rejected: RuntimeClass \"none\" not found", refused("'runtimeClassName':'none'"));
    }

    @Test
    void aCostOfItsOwnIsForbidden() throws Exception {
        assertEquals("pods \"p\" is forbidden: pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
                refused("'runtimeClassName':'vm','overhead':{'cpu':'1'}"));
        assertEquals("pods \"p\" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead",
                refused("'overhead':{'cpu':'1'}"));
    }

    @Test
    void aPodThatWantsAnotherPlaceIsForbidden() throws Exception {
        assertTrue(refused("'runtimeClassName':'vm','nodeSelector':{'vm':'no'}").contains("conflict: runtimeClass.scheduling.nodeSelector[vm] = yes"));
    }

    private String refused(String spec) throws Exception {
        return api.refused(403, "POST", PODS, "application/json", pod("p", spec)).at("message").text("");
    }
}
