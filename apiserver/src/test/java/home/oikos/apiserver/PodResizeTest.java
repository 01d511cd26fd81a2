package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a write through `pods/resize` changes and what it refuses.
class PodResizeTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api();
        api.post("/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'default'},'automountServiceAccountToken':false}");
        api.post(PODS, """
                {'metadata':{'name':'p','labels':{'a':'b'}},'spec':{
                  'initContainers':[{'name':'proxy','image':'x','restartPolicy':'Always','resources':{'requests':{'cpu':'10m'}}},
                    {'name':'setup','image':'x','resources':{'requests':{'cpu':'10m'}}}],
                  'containers':[{'name':'c','image':'x','resources':{'requests':{'cpu':'100m','ephemeral-storage':'1Gi'},
                      'limits':{'memory':'64Mi'}}},
                    {'name':'d','image':'x'}]}}""");
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private String refusal(String spec) throws Exception {
        return api.refused(422, "PATCH", PODS + "/p/resize", STRATEGIC, "{'spec':" + spec + "}").at("message").text("");
    }

    @Test
    void amountsOfContainersAndSidecarsChangeAndNothingElse() throws Exception {
        api.send("PATCH", PODS + "/p/resize", STRATEGIC, """
                {'metadata':{'labels':{'a':'other'}},'spec':{'activeDeadlineSeconds':5,'initContainers':[{'name':'proxy',
                 'resources':{'requests':{'cpu':'20m'}}}],'containers':[{'name':'c','image':'y','resources':{'requests':{'cpu':'150m'},
                 'limits':{'memory':'128Mi'}}}]}}""");
        var pod = api.get(PODS + "/p/resize");
        assertEquals(api.get(PODS + "/p"), pod);
        var spec = pod.at("spec");
        assertEquals(List.of("150m", "64Mi", "128Mi", "20m", "x", "b", ""), List.of(
                spec.at("containers").at(0).at("resources", "requests", "cpu").text(""),
                spec.at("containers").at(0).at("resources", "requests", "memory").text(""),
                spec.at("containers").at(0).at("resources", "limits", "memory").text(""),
                spec.at("initContainers").at(0).at("resources", "requests", "cpu").text(""),
                spec.at("containers").at(0).at("image").text(""), pod.at("metadata", "labels", "a").text(""),
                spec.at("activeDeadlineSeconds").text("")), pod.toString());
        assertEquals(2, pod.at("metadata", "generation").integer(0));
    }

    @Test
    void theQualityOfServiceStays() throws Exception {
        assertTrue(refusal("{'containers':[{'name':'c','resources':{'requests':{'cpu':null,'memory':null},'limits':{'memory':null}}}],"
                + "'initContainers':[{'name':'proxy','resources':{'requests':{'cpu':null}}},"
                + "{'name':'setup','resources':{'requests':{'cpu':null}}}]}")
                .contains("Pod QOS Class may not change as a result of resizing"));
    }

    @Test
    void amountsAreNotTakenAwayAndOthersStay() throws Exception {
        assertEquals("Pod \"p\" is invalid: [spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed, "
                + "spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed]",
                refusal("{'containers':[{'name':'c','resources':{'requests':{'cpu':null},'limits':{'memory':null}}}]}"));
        assertEquals("Pod \"p\" is invalid: spec: Forbidden: only cpu and memory resources are mutable",
                refusal("{'containers':[{'name':'c','resources':{'requests':{'ephemeral-storage':'2Gi'}}}]}"));
        assertEquals("Pod \"p\" is invalid: spec: Forbidden: only cpu and memory resources are mutable",
                refusal("{'containers':[{'name':'d','resizePolicy':[{'resourceName':'cpu','restartPolicy':'RestartContainer'}]}]}"));
    }

    @Test
    void containersKeepTheirNamesAndTheirOrder() throws Exception {
        assertTrue(refusal("{'$setElementOrder/containers':[{'name':'d'},{'name':'c'}],'containers':[{'name':'d'},{'name':'c'}]}")
                .contains("spec.containers[0].name: Forbidden: containers may not be renamed or reordered on resize"));
        assertTrue(refusal("{'containers':[{'name':'e','image':'x'}]}").contains("containers may not be added or removed on resize"));
    }

    @Test
    void aNodeThatDoesNotTellWhatItGaveIsNotAskedToChangeIt() throws Exception {
        api.merge(PODS + "/p/status", "{'status':{'containerStatuses':[{'name':'c','image':'x','imageID':'','ready':true,'restartCount':0,"
                + "'state':{'running':{'startedAt':'2026-01-01T00:00:00Z'}}}]}}");
        assertTrue(refusal("{'containers':[{'name':'c','resources':{'requests':{'cpu':'150m'}}}]}")
                .contains("Pod running on node without support for resize"));
    }

    @Test
    void theBoundsOfTheNamespaceHoldForChangesToo() throws Exception {
        api.post("/api/v1/namespaces/default/limitranges", "{'metadata':{'name':'r'},'spec':{'limits':[{'type':'Container',"
                + "'max':{'memory':'100Mi'}}]}}");
        assertTrue(api.refused(403, "PATCH", PODS + "/p/resize", STRATEGIC,
                "{'spec':{'containers':[{'name':'c','resources':{'limits':{'memory':'128Mi'}}}]}}").at("message").text("")
                .contains("maximum memory usage per Container is 100Mi"));
    }

    @Test
    void resizePoliciesAreCheckedWhenAPodIsMade() throws Exception {
        var message = api.refused(422, "POST", PODS, "application/json", """
                {'metadata':{'name':'q'},'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'x','resizePolicy':[
                  {'resourceName':'cpu','restartPolicy':'RestartContainer'},{'resourceName':'cpu','restartPolicy':'NotRequired'},
                  {'resourceName':'storage','restartPolicy':'Sometimes'}]}]}}""").at("message").text("");
        for (var part : List.of("must be 'NotRequired' when pod `restartPolicy` is 'Never'", "resizePolicy[1]: Duplicate value: \"cpu\"",
                "Unsupported value: \"storage\": supported values: \"cpu\", \"memory\"",
                "Unsupported value: \"Sometimes\": supported values: \"NotRequired\", \"RestartContainer\"")) {
            assertTrue(message.contains(part), message);
        }
    }
}
