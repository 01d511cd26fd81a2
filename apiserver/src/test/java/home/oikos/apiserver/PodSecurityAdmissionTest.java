package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PodSecurityAdmissionTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = Api.withDefaultAccount();
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private void label(String name, String value) throws Exception {
        api.merge("/api/v1/namespaces/default", "{'metadata':{'labels':{'pod-security.kubernetes.io/" + name + "':'" + value + "'}}}");
    }

    private static String pod(String spec) {
        return "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x'" + spec + "}]}}";
    }

    private String refused(String body) throws Exception {
        return api.refused(403, "POST", PODS, "application/json", body).at("message").text("");
    }

    @Test
    void aPrivilegedPodIsRefusedWhereBaselineIsEnforced() throws Exception {
        label("enforce", "baseline");
        assertEquals("pods \"p\" is forbidden: violates PodSecurity \"baseline:latest\": privileged (container \"c\" must not set "
                + "securityContext.privileged=true)", refused(pod(",'securityContext':{'privileged':true}")));
        api.post(PODS, pod(""));
    }

    @Test
    void withoutLabelsEverythingIsAllowed() throws Exception {
        api.post(PODS, pod(",'securityContext':{'privileged':true}"));
    }

    @Test
    void aPinnedVersionKnowsOnlyTheRulesOfItsTime() throws Exception {
        label("enforce", "restricted");
        label("enforce-version", "v1.7");
        api.post(PODS, pod(",'securityContext':{'runAsNonRoot':true}"));
    }

    @Test
    void aTemplateIsNotRefusedButWarnedOf() throws Exception {
        label("enforce", "restricted");
        label("warn", "baseline");
        var answer = api.send("POST", "/apis/apps/v1/namespaces/default/deployments", "application/json",
                "{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},"
                        + "'spec':{'hostNetwork':true,'containers':[{'name':'c','image':'x'}]}}}}");
        assertEquals(201, answer.status());
        assertTrue(answer.headers().toString().contains("would violate PodSecurity \\\"baseline:latest\\\": host namespaces (hostNetwork=true)"),
                answer.headers().toString());
    }

    @Test
    void aLevelThatThereIsNotIsRefused() throws Exception {
        var status = api.refused(422, "PATCH", "/api/v1/namespaces/default", "application/merge-patch+json",
                "{'metadata':{'labels':{'pod-security.kubernetes.io/warn':'strict'}}}");
        assertEquals("metadata.labels[pod-security.kubernetes.io/warn]", status.at("details", "causes").at(0).at("field").text(""));
    }

    @Test
    void tighteningTellsOfThePodsThatWouldNoLongerComeIn() throws Exception {
        api.post(PODS, pod(",'ports':[{'containerPort':80,'hostPort':80}]"));
        var answer = api.send("PATCH", "/api/v1/namespaces/default", "application/merge-patch+json",
                "{'metadata':{'labels':{'pod-security.kubernetes.io/enforce':'baseline'}}}");
        assertTrue(answer.headers().toString().contains("p: hostPort"), answer.headers().toString());
    }

    @Test
    void aRunningPodMayBeLabelledThoughItWouldBeRefusedToday() throws Exception {
        api.post(PODS, pod(",'securityContext':{'privileged':true}"));
        label("enforce", "restricted");
        api.merge(PODS + "/p", "{'metadata':{'labels':{'x':'y'}}}");
    }

    @Test
    void aPodThatSaysAllIsRestricted() {
        var spec = Json.parse("""
                {"securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}},"containers":[{"name":"c",
                "securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["NET_BIND_SERVICE"]}}}]}""");
        var restricted = new StandardPolicy(StandardLevel.RESTRICTED, StandardPolicy.LATEST);
        assertEquals("", SecurityStandard.told(SecurityStandard.violations(new StandardPod(Json.NULL, spec), restricted)));
        var added = spec.object().withAt(Json.parse("[{\"name\":\"v\",\"nfs\":{}}]"), "volumes");
        assertEquals("restricted volume types (volume \"v\" uses restricted volume type \"nfs\")",
                SecurityStandard.told(SecurityStandard.violations(new StandardPod(Json.NULL, added), restricted)));
    }
}
