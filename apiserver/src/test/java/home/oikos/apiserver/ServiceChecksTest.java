package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceChecksTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";

    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api();
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private void assertRefused(String message, String spec) throws Exception {
        var status = api.refused(422, "POST", SERVICES, "application/json", "{'metadata':{'name':'s'},'spec':" + spec + "}");
        assertEquals("Service \"s\" is invalid: " + message, status.at("message").text(""));
    }

    @Test
    void aNodePortNeedsATypeThatHasThem() throws Exception {
        assertRefused("spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
                "{'ports':[{'port':80,'nodePort':31999}]}");
    }

    @Test
    void aNodePortLiesInTheRange() throws Exception {
        assertRefused("spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is "
                + "30000-32767", "{'type':'NodePort','ports':[{'port':80,'nodePort':80}]}");
    }

    @Test
    void aNodePortIsGivenOutOnce() throws Exception {
        api.post(SERVICES, "{'metadata':{'name':'first'},'spec':{'type':'NodePort','ports':[{'port':80,'nodePort':30080}]}}");
        assertRefused("spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated",
                "{'type':'NodePort','ports':[{'port':80,'nodePort':30080}]}");
    }

    @Test
    void twoPortsOfOneNumberAreOneTooMany() throws Exception {
        assertRefused("spec.ports[1]: Duplicate value: {\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":null,\"Port\":80,"
                + "\"TargetPort\":0,\"NodePort\":0}", "{'ports':[{'name':'a','port':80},{'name':'b','port':80}]}");
    }

    @Test
    void aServiceThatTurnsInwardGivesItsNodePortBack() throws Exception {
        api.post(SERVICES, "{'metadata':{'name':'s'},'spec':{'type':'NodePort','ports':[{'port':80}]}}");
        var changed = api.merge(SERVICES + "/s", "{'spec':{'type':'ClusterIP'}}");
        assertTrue(changed.at("spec", "ports").at(0).at("nodePort").isNull(), changed.toString());
        assertTrue(changed.at("spec", "externalTrafficPolicy").isNull(), changed.toString());
    }
}
