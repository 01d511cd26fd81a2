package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the API server refuses of the kinds that have no test of their own, and what it completes.
class KindChecksTest {
    private static final String APPS = "/apis/apps/v1/namespaces/default/";
    private static final String TEMPLATE =
            "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'%s}]}}";
    private static final String SELECTOR = "'selector':{'matchLabels':{'a':'b'}},";

    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api();
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private List<String> refused(String method, String path, String body) throws Exception {
        var type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        return api.refused(422, method, path, type, body).at("details", "causes").array().stream()
                .map(c -> c.at("field").text("") + ": " + c.at("message").text("")).toList();
    }

    private void assertRefused(String path, String body, String... causes) throws Exception {
        assertEquals(List.of(causes), refused("POST", path, body));
    }

    @Test
    void aDeploymentChoosesItsOwnPodsAndKeepsItsSelector() throws Exception {
        assertRefused(APPS + "deployments", "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'x'}},"
                + TEMPLATE.formatted("") + "}}",
                "spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`");
        api.post(APPS + "deployments", "{'metadata':{'name':'d'},'spec':{" + SELECTOR + TEMPLATE.formatted("") + "}}");
        assertEquals(List.of("spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"b\",\"c\":\"d\"}}: field is immutable",
                "spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`").reversed(),
                refused("PATCH", APPS + "deployments/d", "{'spec':{'selector':{'matchLabels':{'c':'d'}}}}"));
    }

    @Test
    void aStatefulSetMountsWhatItClaims() throws Exception {
        var mount = ",'volumeMounts':[{'name':'data','mountPath':'/data'}]";
        var set = api.post(APPS + "statefulsets", "{'metadata':{'name':'s'},'spec':{" + SELECTOR + "'serviceName':'s',"
                + TEMPLATE.formatted(mount) + ",'volumeClaimTemplates':[{'metadata':{'name':'data'}}]}}");
        assertEquals("OrderedReady", set.at("spec", "podManagementPolicy").text(""));
    }

    @Test
    void aDaemonSetCountsTheChangesOfItsTemplate() throws Exception {
        api.post(APPS + "daemonsets", "{'metadata':{'name':'d'},'spec':{" + SELECTOR + TEMPLATE.formatted("") + "}}");
        var changed = api.merge(APPS + "daemonsets/d", "{'spec':{'template':{'spec':{'hostNetwork':true}}}}");
        assertEquals("2", changed.at("metadata", "annotations", "deprecated.daemonset.template.generation").text(""));
    }

    @Test
    void aReplicationControllerTakesItsSelectorFromItsTemplate() throws Exception {
        var made = api.post("/api/v1/namespaces/default/replicationcontrollers", "{'metadata':{'name':'r'},'spec':{"
                + TEMPLATE.formatted("") + "}}");
        assertEquals(Json.parse("{\"a\":\"b\"}"), made.at("spec", "selector"));
    }

    @Test
    void aClaimGrowsOnlyWhenBoundAndIsProtected() throws Exception {
        var claims = "/api/v1/namespaces/default/persistentvolumeclaims";
        var made = api.post(claims, "{'metadata':{'name':'c'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':"
                + "{'storage':'1Gi'}}}}");
        assertEquals("kubernetes.io/pvc-protection", made.at("metadata", "finalizers").at(0).text(""));
        var larger = "{'spec':{'resources':{'requests':{'storage':'2Gi'}}}}";
        assertEquals(List.of("spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName "
                + "for bound claims"), refused("PATCH", claims + "/c", larger));
        api.merge(claims + "/c/status", "{'status':{'phase':'Bound','capacity':{'storage':'1Gi'}}}");
        api.merge(claims + "/c", larger);
    }

    @Test
    void anAutoscalerComesThroughItsOlderVersionWhole() throws Exception {
        api.post("/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers", "{'metadata':{'name':'h'},'spec':{'maxReplicas':3,"
                + "'scaleTargetRef':{'kind':'Deployment','name':'d'},'metrics':[{'type':'Resource','resource':{'name':'memory','target':"
                + "{'type':'Utilization','averageUtilization':50}}}],'behavior':{'scaleUp':{'stabilizationWindowSeconds':3}}}}");
        api.merge("/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers/h", "{'spec':{'maxReplicas':4}}");
        var kept = api.get("/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers/h");
        assertEquals("memory", kept.at("spec", "metrics").at(0).at("resource", "name").text(""));
        assertEquals(3, kept.at("spec", "behavior", "scaleUp", "stabilizationWindowSeconds").integer(0));
        assertEquals(15, kept.at("spec", "behavior", "scaleDown", "policies").at(0).at("periodSeconds").integer(0));
        assertTrue(kept.at("metadata", "annotations").isNull());
    }

    @Test
    void anAutoscalerNeedsATargetAndBounds() throws Exception {
        assertRefused("/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
                "{'metadata':{'name':'h'},'spec':{'maxReplicas':0,'scaleTargetRef':{'kind':'Deployment'}}}",
                "spec.maxReplicas: Invalid value: 0: must be greater than 0",
                "spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`",
                "spec.scaleTargetRef.name: Required value");
    }

    @Test
    void anEndpointIsNoPlaceOnThisMachineAlone() throws Exception {
        assertRefused("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", "{'metadata':{'name':'e'},'addressType':'IPv4',"
                + "'endpoints':[{'addresses':['127.0.0.1']},{'addresses':['::1']}]}",
                "endpoints[0].addresses[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)",
                "endpoints[1].addresses[0]: Invalid value: \"::1\": must be a valid IPv4 address");
    }

    @Test
    void aRangeOfLimitsIsInOrderAndFillsItselfIn() throws Exception {
        var ranges = "/api/v1/namespaces/default/limitranges";
        assertRefused(ranges, "{'metadata':{'name':'l'},'spec':{'limits':[{'type':'Container','min':{'cpu':'2'},'max':{'cpu':'1'},"
                + "'default':{'cpu':'3'},'defaultRequest':{'cpu':'2'}}]}}",
                "spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1",
                "spec.limits[0].defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is greater than max value 1",
                "spec.limits[0].default[cpu]: Invalid value: \"3\": default value 3 is greater than max value 1");
        var made = api.post(ranges, "{'metadata':{'name':'l'},'spec':{'limits':[{'type':'Container','max':{'cpu':'1'}}]}}");
        assertEquals("1", made.at("spec", "limits").at(0).at("defaultRequest", "cpu").text(""));
    }

    @Test
    void whatIsFixedOfAClassStaysSo() throws Exception {
        api.post("/apis/node.k8s.io/v1/runtimeclasses", "{'metadata':{'name':'r'},'handler':'a'}");
        assertEquals(List.of("handler: Invalid value: \"b\": field is immutable"),
                refused("PATCH", "/apis/node.k8s.io/v1/runtimeclasses/r", "{'handler':'b'}"));
        assertEquals(List.of("metadata.resourceVersion: Invalid value: 0: must be specified for an update"),
                refused("PUT", "/apis/node.k8s.io/v1/runtimeclasses/r", "{'metadata':{'name':'r'},'handler':'a'}"));
    }
}
