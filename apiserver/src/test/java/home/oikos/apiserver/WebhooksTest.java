package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksTest {
    private static final String CONFIGURATIONS = "/apis/admissionregistration.k8s.io/v1/";
    private static final String RULE = "'rules':[{'operations':['CREATE','UPDATE'],'apiGroups':[''],'apiVersions':['v1'],'resources':['configmaps']}]";

    @TempDir
    Path directory;
    private RecordingWebhook webhook;
    private Api api;

    @BeforeEach
    void open() throws Exception {
        webhook = new RecordingWebhook(directory);
        api = new Api(ApiServerOptions.of(Clock.fixed(Api.NOW, ZoneOffset.UTC), new Random(1)).withDialer(RecordingWebhook.toThisMachine()));
    }

    @AfterEach
    void close() throws Exception {
        api.close();
        webhook.close();
    }

    private String byUrl() {
        return "'clientConfig':{'url':'https://127.0.0.1:" + webhook.port() + "/ask','caBundle':'" + webhook.bundle() + "'}";
    }

    private void register(String plural, String name, String more) throws Exception {
        api.post(CONFIGURATIONS + plural, "{'metadata':{'name':'" + name + "'},'webhooks':[{'name':'" + name
                + ".example.com','sideEffects':'None','admissionReviewVersions':['v1']," + more + "}]}");
    }

    private void validating(String more) throws Exception {
        register("validatingwebhookconfigurations", "v", RULE + "," + more);
    }

    private Json refused(int code) throws Exception {
        return api.refused(code, "POST", Api.MAPS, "application/json", "{'metadata':{'name':'m'}}");
    }

    @Test
    void aWebhookIsAskedAndItsRefusalIsTold() throws Exception {
        validating(byUrl());
        webhook.answer = _ -> JsonObject.of("allowed", false, "status", JsonObject.of("message", "not today", "code", 403, "reason", "Forbidden"));
        assertEquals("admission webhook \"v.example.com\" denied the request: not today", refused(403).at("message").text(""));
        var asked = webhook.requests.remove();
        assertEquals("CREATE", asked.at("operation").text(""));
        assertEquals("m", asked.at("object", "metadata", "name").text(""));
        assertEquals("kubernetes-admin", asked.at("userInfo", "username").text(""));
    }

    @Test
    void whatAWebhookDoesNotSayHasItsDefault() throws Exception {
        validating("'failurePolicy':'Ignore'," + byUrl());
        var made = api.get(CONFIGURATIONS + "validatingwebhookconfigurations/v").at("webhooks").at(0);
        assertEquals("Ignore", made.at("failurePolicy").text(""));
        assertEquals("Equivalent", made.at("matchPolicy").text(""));
        assertEquals(10, made.at("timeoutSeconds").integer(0));
        assertEquals("*", made.at("rules").at(0).at("scope").text(""));
    }

    @Test
    void whatNoRuleNamesIsNotAsked() throws Exception {
        validating(byUrl());
        api.post("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}");
        assertTrue(webhook.requests.isEmpty());
    }

    @Test
    void aMatchConditionAndSelectorsLeaveOut() throws Exception {
        validating("'matchConditions':[{'name':'c','expression':'object.metadata.name == \\u0022x\\u0022'}]," + byUrl());
        api.post(Api.MAPS, "{'metadata':{'name':'m'}}");
        assertEquals(0, webhook.requests.size());
        api.post(Api.MAPS, "{'metadata':{'name':'x'}}");
        assertEquals(1, webhook.requests.size());
    }

    @Test
    void anObjectSelectorChoosesByLabel() throws Exception {
        validating("'objectSelector':{'matchLabels':{'a':'b'}}," + byUrl());
        api.post(Api.MAPS, "{'metadata':{'name':'m'}}");
        assertEquals(0, webhook.requests.size());
        api.post(Api.MAPS, "{'metadata':{'name':'n','labels':{'a':'b'}}}");
        assertEquals(1, webhook.requests.size());
    }

    @Test
    void aPatchChangesWhatIsStoredAndAnEarlierWebhookSeesItAgainWhenItAsks() throws Exception {
        register("mutatingwebhookconfigurations", "a", RULE + ",'reinvocationPolicy':'IfNeeded'," + byUrl());
        register("mutatingwebhookconfigurations", "b", RULE + "," + byUrl());
        webhook.answer = _ -> webhook.requests.size() == 2 ? RecordingWebhook.patch("[{'op':'add','path':'/data','value':{'k':'v'}}]")
                : JsonObject.of("allowed", true);
        assertEquals("v", api.post(Api.MAPS, "{'metadata':{'name':'m'}}").at("data", "k").text(""));
        assertEquals(3, webhook.requests.size());
    }

    @Test
    void aWebhookThatIsAwayRefusesUnlessItMayFail() throws Exception {
        var away = "'clientConfig':{'url':'https://127.0.0.1:1/'}";
        validating(away);
        assertTrue(refused(500).at("message").text("").startsWith("Internal error occurred: failed calling webhook \"v.example.com\": failed to call"
                + " webhook: Post \"https://127.0.0.1:1/?timeout=10s\": "));
        api.merge(CONFIGURATIONS + "validatingwebhookconfigurations/v", "{'webhooks':[{'name':'v.example.com','sideEffects':'None',"
                + "'admissionReviewVersions':['v1'],'failurePolicy':'Ignore'," + RULE + "," + away + "}]}");
        api.post(Api.MAPS, "{'metadata':{'name':'m'}}");
    }

    @Test
    void aStrangersCertificateIsNotBelieved() throws Exception {
        validating("'clientConfig':{'url':'https://127.0.0.1:" + webhook.port() + "/'}");
        assertTrue(refused(500).at("message").text("").contains("failed calling webhook"));
        assertTrue(webhook.requests.isEmpty());
    }

    @Test
    void aServiceIsReachedAtItsEndpointUnderItsOwnName() throws Exception {
        api.post("/api/v1/namespaces/default/services", "{'metadata':{'name':'hook'},'spec':{'ports':[{'port':443}]}}");
        api.post("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", "{'metadata':{'name':'hook-1','labels':"
                + "{'kubernetes.io/service-name':'hook'}},'addressType':'IPv4','endpoints':[{'addresses':['10.0.0.9']}],'ports':[{'name':'','port':"
                + webhook.port() + "}]}");
        validating("'clientConfig':{'service':{'namespace':'default','name':'hook','path':'/x'},'caBundle':'" + webhook.bundle() + "'}");
        webhook.answer = _ -> JsonObject.of("allowed", true, "warnings", java.util.List.of("mind the gap"));
        var answer = api.send("POST", Api.MAPS, "application/json", "{'metadata':{'name':'m'}}");
        assertEquals(201, answer.status(), new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
        assertTrue(answer.headers().toString().contains("mind the gap"));
    }

    @Test
    void aDryRunIsToldAndSideEffectsAreRefusedFromTheStart() throws Exception {
        validating(byUrl());
        api.post(Api.MAPS + "?dryRun=All", "{'metadata':{'name':'m'}}");
        assertTrue(webhook.requests.remove().at("dryRun").bool(false));
        var status = api.refused(422, "POST", CONFIGURATIONS + "validatingwebhookconfigurations", "application/json",
                "{'metadata':{'name':'w'},'webhooks':[{'name':'w.example.com','sideEffects':'Some','admissionReviewVersions':['v1'],"
                        + byUrl() + "}]}");
        assertEquals("webhooks[0].sideEffects", status.at("details", "causes").at(0).at("field").text(""));
    }
}
