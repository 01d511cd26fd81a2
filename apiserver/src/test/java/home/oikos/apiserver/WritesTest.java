package home.oikos.apiserver;

import static home.oikos.apiserver.Api.MAPS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WritesTest {
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api();
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    @Test
    void whatWasCreatedIsReadBackByteForByte() throws Exception {
        var created = api.send("POST", MAPS, "application/json", "{'metadata':{'name':'a','labels':{'app':'x'}},'data':{'k':'v'}}");
        assertEquals(201, created.status());
        assertEquals(new String(created.body()), new String(api.send("GET", MAPS + "/a", "", "").body()));
        var object = api.get(MAPS + "/a");
        assertEquals("2026-01-01T00:00:00Z", object.at("metadata", "creationTimestamp").text(""));
        assertEquals("test", object.at("metadata", "managedFields").at(0).at("manager").text(""));
    }

    @Test
    void aNameIsTakenOnce() throws Exception {
        api.post(MAPS, "{'metadata':{'name':'a'}}");
        var status = api.refused(409, "POST", MAPS, "application/json", "{'metadata':{'name':'a'}}");
        assertEquals("configmaps \"a\" already exists", status.at("message").text(""));
        assertEquals("AlreadyExists", status.at("reason").text(""));
    }

    @Test
    void ofManyWhoApplyTheSameNewObjectAtOnceNobodyIsRefused() throws Exception {
        for (int round = 0; round < 50; round++) {
            var target = MAPS + "/raced-" + round;
            var body = "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'raced-" + round + "'}}";
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var answers = new ArrayList<Future<Integer>>();
                for (int i = 0; i < 4; i++) {
                    var from = target + "?fieldManager=one-" + i;
                    answers.add(threads.submit(() -> api.send("PATCH", from, Applier.MEDIA_TYPE, body).status()));
                }
                for (var answer : answers) assertTrue(answer.get() < 300, "refused with " + answer.get());
            }
        }
    }

    @Test
    void aGeneratedNameBeginsAsAsked() throws Exception {
        var name = api.post(MAPS, "{'metadata':{'generateName':'made-'}}").at("metadata", "name").text("");
        assertTrue(name.matches("made-[a-z0-9]{5}"), name);
    }

    @Test
    void anUpdateOfAnOldVersionIsRefused() throws Exception {
        var old = api.post(MAPS, "{'metadata':{'name':'a'},'data':{'k':'1'}}").at("metadata", "resourceVersion").text("");
        api.merge(MAPS + "/a", "{'data':{'k':'2'}}");
        var status = api.refused(409, "PUT", MAPS + "/a", "application/json", "{'metadata':{'name':'a','resourceVersion':'" + old
                + "'},'data':{'k':'3'}}");
        assertEquals("Conflict", status.at("reason").text(""));
        assertEquals("2", api.get(MAPS + "/a").at("data", "k").text(""));
    }

    @Test
    void aWriteThatChangesNothingKeepsTheVersion() throws Exception {
        var first = api.post(MAPS, "{'metadata':{'name':'a'},'data':{'k':'1'}}").at("metadata", "resourceVersion");
        assertEquals(first, api.put(MAPS + "/a", "{'metadata':{'name':'a'},'data':{'k':'1'}}").at("metadata", "resourceVersion"));
        assertEquals(first, api.merge(MAPS + "/a", "{'data':{'k':'1'}}").at("metadata", "resourceVersion"));
        assertNotEquals(first, api.merge(MAPS + "/a", "{'data':{'k':'2'}}").at("metadata", "resourceVersion"));
    }

    @Test
    void aDryRunLeavesNothingBehind() throws Exception {
        var dry = api.post(MAPS + "?dryRun=All", "{'metadata':{'name':'a'}}");
        assertTrue(dry.at("metadata", "resourceVersion").isNull());
        api.refused(404, "GET", MAPS + "/a", "", "");
    }

    @Test
    void finalizersHoldADeletedObjectUntilTheLastIsGone() throws Exception {
        api.post(MAPS, "{'metadata':{'name':'a','finalizers':['example.com/hold']}}");
        assertEquals("2026-01-01T00:00:00Z", api.delete(MAPS + "/a").at("metadata", "deletionTimestamp").text(""));
        assertTrue(api.get(MAPS + "/a").at("metadata", "deletionTimestamp").isPresent());
        api.merge(MAPS + "/a", "{'metadata':{'finalizers':null}}");
        api.refused(404, "GET", MAPS + "/a", "", "");
    }

    @Test
    void aCollectionGoesAPageAtATimeWhereALimitSaysSo() throws Exception {
        for (var name : java.util.List.of("a", "b", "c")) api.post(MAPS, "{'metadata':{'name':'" + name + "'}}");
        var first = api.delete(MAPS + "?limit=2");
        assertEquals(2, first.at("items").array().size());
        assertEquals("c", api.get(MAPS).at("items").at(0).at("metadata", "name").text(""));
        var last = api.delete(MAPS + "?limit=2&continue=" + first.at("metadata", "continue").text(""));
        assertEquals("", last.at("metadata", "continue").text(""));
        assertEquals(0, api.get(MAPS).at("items").array().size());
    }

    @Test
    void generationCountsChangesOfTheSpecAlone() throws Exception {
        var path = "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies";
        api.post(path, "{'metadata':{'name':'n'},'spec':{'podSelector':{}}}");
        assertEquals(1, api.merge(path + "/n", "{'metadata':{'labels':{'a':'b'}}}").at("metadata", "generation").integer(0));
        assertEquals(2, api.merge(path + "/n", "{'spec':{'policyTypes':['Egress']}}").at("metadata", "generation").integer(0));
    }

    @Test
    void theStatusIsWrittenByItsOwnPathOnly() throws Exception {
        var path = "/apis/networking.k8s.io/v1/namespaces/default/ingresses";
        var spec = "'spec':{'ingressClassName':'c','defaultBackend':{'service':{'name':'s','port':{'number':80}}}}";
        api.post(path, "{'metadata':{'name':'i'}," + spec + ",'status':{'loadBalancer':{'ingress':[{'ip':'1.2.3.4'}]}}}");
        assertTrue(api.get(path + "/i").at("status", "loadBalancer", "ingress").isNull());
        api.merge(path + "/i/status", "{'spec':{'ingressClassName':'lost'},'status':{'loadBalancer':{'ingress':[{'ip':'1.2.3.4'}]}}}");
        var object = api.get(path + "/i");
        assertEquals("1.2.3.4", object.at("status", "loadBalancer", "ingress").at(0).at("ip").text(""));
        assertEquals("c", object.at("spec", "ingressClassName").text(""));
    }

    @Test
    void nothingIsCreatedWhereNoNamespaceIsOrWhereItIsGoing() throws Exception {
        api.refused(404, "POST", "/api/v1/namespaces/none/configmaps", "application/json", "{'metadata':{'name':'a'}}");
        api.post("/api/v1/namespaces", "{'metadata':{'name':'going'}}");
        assertEquals("Terminating", api.delete("/api/v1/namespaces/going").at("status", "phase").text(""));
        var status = api.refused(403, "POST", "/api/v1/namespaces/going/configmaps", "application/json", "{'metadata':{'name':'a'}}");
        assertEquals("NamespaceTerminating", status.at("details", "causes").at(0).at("reason").text(""));
        api.put("/api/v1/namespaces/going/finalize", "{'metadata':{'name':'going'},'spec':{}}");
        api.refused(404, "GET", "/api/v1/namespaces/going", "", "");
    }

    @Test
    void twoServicesNeverShareAnAddress() throws Exception {
        var path = "/api/v1/namespaces/default/services";
        var one = api.post(path, "{'metadata':{'name':'a'},'spec':{'ports':[{'port':80}]}}").at("spec", "clusterIP").text("");
        var two = api.post(path, "{'metadata':{'name':'b'},'spec':{'type':'NodePort','ports':[{'port':80}]}}");
        assertNotEquals(one, two.at("spec", "clusterIP").text(""));
        assertTrue(two.at("spec", "ports").at(0).at("nodePort").integer(0) >= 30_000);
        api.refused(422, "POST", path, "application/json", "{'metadata':{'name':'c'},'spec':{'clusterIP':'" + one
                + "','ports':[{'port':80}]}}");
    }

    @Test
    void everyAddressOfTheBlockIsGivenAndAgainAsSoonAsItsServiceIsGone() throws Exception {
        var path = "/api/v1/namespaces/default/services";
        var body = "{'metadata':{'generateName':'s-'},'spec':{'ports':[{'port':80}]}}";
        var options = ApiServerOptions.of(Clock.fixed(Api.NOW, ZoneOffset.UTC), new Random(1)).withServices(AddressBlock.parse("10.96.0.0/29"));
        try (var small = new Api(options)) {
            var given = new TreeSet<String>();
            for (int i = 0; i < 6; i++) given.add(small.post(path, body).at("spec", "clusterIP").text(""));
            assertEquals("[10.96.0.1, 10.96.0.2, 10.96.0.3, 10.96.0.4, 10.96.0.5, 10.96.0.6]", given.toString());
            var full = small.refused(500, "POST", path, "application/json", body);
            assertTrue(full.at("message").text("").contains("failed to allocate a serviceIP: range is full"));
            var gone = small.get(path).at("items").at(0);
            small.delete(path + "/" + gone.at("metadata", "name").text(""));
            assertEquals(gone.at("spec", "clusterIP").text(""), small.post(path, body).at("spec", "clusterIP").text(""));
        }
    }

    @Test
    void eventsReadAlikeThroughBothApis() throws Exception {
        api.post("/api/v1/namespaces/default/events",
                "{'metadata':{'name':'e'},'involvedObject':{'kind':'Pod','name':'p'},'reason':'Why','message':'text','type':'Normal'}");
        var young = api.get("/apis/events.k8s.io/v1/namespaces/default/events/e");
        assertEquals("text", young.at("note").text(""));
        assertEquals("p", young.at("regarding", "name").text(""));
        assertEquals("events.k8s.io/v1", young.at("apiVersion").text(""));
        assertFalse(young.object().has("message"));
    }

    @Test
    void anAddressIsTheNameOfItsObject() throws Exception {
        var body = "{'metadata':{'name':'NAME'},'spec':{'parentRef':{'resource':'services','name':'s','namespace':'n'}}}";
        api.post("/apis/networking.k8s.io/v1/ipaddresses", body.replace("NAME", "fe80::1"));
        api.refused(422, "POST", "/apis/networking.k8s.io/v1/ipaddresses", "application/json", body.replace("NAME", "kitchen"));
    }

    @Test
    void eventsAreSelectedByTheNamesOfEitherApi() throws Exception {
        api.post("/apis/events.k8s.io/v1/namespaces/default/events", """
                {'metadata':{'name':'e'},'regarding':{'kind':'Pod','name':'p','namespace':'default'},'reason':'Why','action':'Do','type':'Normal',
                 'eventTime':'2026-11-25T02:00:00.000000Z','reportingController':'me','reportingInstance':'me-1'}""");
        var young = "/apis/events.k8s.io/v1/namespaces/default/events?fieldSelector=";
        for (var selected : List.of(young + "reportingController%3Dme", young + "regarding.name%3Dp",
                "/api/v1/namespaces/default/events?fieldSelector=source%3Dme,involvedObject.name%3Dp")) {
            assertEquals(1, api.get(selected).at("items").array().size(), selected);
        }
        assertEquals(0, api.get(young + "reportingController%3Dyou").at("items").array().size());
    }

    @Test
    void anApplyConflictNamesTheOwner() throws Exception {
        var type = "application/apply-patch+yaml";
        api.send("PATCH", MAPS + "/a?fieldManager=alice", type,
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'data':{'k':'v'}}");
        var status = api.refused(409, "PATCH", MAPS + "/a?fieldManager=bob", type,
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'data':{'k':'w'}}");
        assertEquals("conflict with \"alice\"", status.at("details", "causes").at(0).at("message").text(""));
        assertEquals(200, api.send("PATCH", MAPS + "/a?fieldManager=bob&force=true", type,
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'data':{'k':'w'}}").status());
    }

    @Test
    void builtInKindsAreNotSentToReviewers() throws Exception {
        api.close();
        api = new Api(ApiServerOptions.of(java.time.Clock.systemUTC(), new java.util.Random(1)).withReviewers(java.util.List.of(review ->
                home.oikos.api.JsonObject.of("response", home.oikos.api.JsonObject.of("allowed", false,
                        "status", home.oikos.api.JsonObject.of("message", "the heater and the cooler may never run together"))))));
        api.post(MAPS, "{'metadata':{'name':'a'}}");
    }
}
