package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// LimitRanges, RuntimeClasses and default classes.
class PodResourcesAdmissionTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String RANGES = "/api/v1/namespaces/default/limitranges";
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = Api.withDefaultAccount();
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private static String pod(String more, String container) {
        return "{'metadata':{'name':'p'},'spec':{" + more + "'containers':[{'name':'c','image':'x'" + container + "}]}}";
    }

    @Test
    void aContainerGetsTheDefaultsOfItsNamespace() throws Exception {
        api.post(RANGES, "{'metadata':{'name':'r'},'spec':{'limits':[{'type':'Container','default':{'cpu':'500m'},"
                + "'defaultRequest':{'cpu':'100m'}}]}}");
        var made = api.post(PODS, pod("", ""));
        assertEquals("500m", made.at("spec", "containers").at(0).at("resources", "limits", "cpu").text(""));
        assertEquals("100m", made.at("spec", "containers").at(0).at("resources", "requests", "cpu").text(""));
        assertEquals("LimitRanger plugin set: cpu request for container c; cpu limit for container c",
                made.at("metadata", "annotations", "kubernetes.io/limit-ranger").text(""));
    }

    @Test
    void whatLeavesTheBoundsIsRefused() throws Exception {
        api.post(RANGES, "{'metadata':{'name':'r'},'spec':{'limits':[{'type':'Pod','max':{'memory':'1Gi'}}]}}");
        var status = api.refused(403, "POST", PODS, "application/json", pod("", ",'resources':{'limits':{'memory':'2Gi'}}"));
        assertEquals("pods \"p\" is forbidden: maximum memory usage per Pod is 1Gi, but limit is 2Gi", status.at("message").text(""));
    }

    @Test
    void aRuntimeClassBringsItsOverheadAndItsNodes() throws Exception {
        api.post("/apis/node.k8s.io/v1/runtimeclasses", "{'metadata':{'name':'vm'},'handler':'kata','overhead':{'podFixed':{'cpu':'50m'}},"
                + "'scheduling':{'nodeSelector':{'kvm':'yes'}}}");
        var made = api.post(PODS, pod("'runtimeClassName':'vm','nodeSelector':{'disk':'ssd'},", ""));
        assertEquals("50m", made.at("spec", "overhead", "cpu").text(""));
        assertEquals("yes", made.at("spec", "nodeSelector", "kvm").text(""));
    }

    @Test
    void aRuntimeClassThatIsNotThereIsRefused() throws Exception {
        var status = api.refused(403, "POST", PODS, "application/json", pod("'runtimeClassName':'gone',", ""));
        assertEquals("pods \"p\" is forbidden: pod rejected: RuntimeClass \"gone\" not found", status.at("message").text(""));
    }

    @Test
    void aClaimWithoutAClassGetsTheDefaultOne() throws Exception {
        api.post("/apis/storage.k8s.io/v1/storageclasses", "{'metadata':{'name':'pool','annotations':"
                + "{'storageclass.kubernetes.io/is-default-class':'true'}},'provisioner':'x'}");
        var claim = "{'metadata':{'name':'%s'},'spec':{%s'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}";
        var claims = "/api/v1/namespaces/default/persistentvolumeclaims";
        assertEquals("pool", api.post(claims, claim.formatted("a", "")).at("spec", "storageClassName").text(""));
        assertEquals("", api.post(claims, claim.formatted("b", "'storageClassName':'',")).at("spec", "storageClassName").text("?"));
    }

    @Test
    void aNewNodeTakesNoPodsYet() throws Exception {
        var node = api.post("/api/v1/nodes", "{'metadata':{'name':'n'}}");
        assertEquals("node.kubernetes.io/not-ready", node.at("spec", "taints").at(0).at("key").text(""));
    }
}
