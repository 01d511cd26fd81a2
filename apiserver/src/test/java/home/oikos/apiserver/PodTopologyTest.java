package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PodTopologyTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @Test
    void aPodIsLabelledWithTheZoneOfTheNodeItIsBoundTo() throws Exception {
        try (var api = new Api()) {
            api.post("/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'default'}}");
            api.post("/api/v1/nodes", "{'metadata':{'name':'n','labels':{'topology.kubernetes.io/zone':'cellar','other':'x'}}}");
            api.post(PODS, "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x'}]}}");
            api.post(PODS + "/p/binding", "{'metadata':{'name':'p'},'target':{'kind':'Node','name':'n'}}");
            assertEquals("{\"topology.kubernetes.io/zone\":\"cellar\"}", api.get(PODS + "/p").at("metadata", "labels").toString());
        }
    }

    @Test
    void aPlainUpdateDoesNotBind() throws Exception {
        try (var api = new Api()) {
            api.post("/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'default'}}");
            api.post(PODS, "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x'}]}}");
            var status = api.refused(422, "PATCH", PODS + "/p", "application/merge-patch+json", "{'spec':{'nodeName':'n'}}");
            assertEquals("spec", status.at("details", "causes").at(0).at("field").text(""));
        }
    }
}
