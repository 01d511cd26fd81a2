package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSideApplyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private ObjectSchema type = type("v1", "ConfigMap");
    private ServerSideApply fields = new ServerSideApply(type, FieldSet.of("status"));
    private JsonObject live = Zeros.object(type);

    private static ObjectSchema type(String apiVersion, String kind) {
        return Catalog.builtIn().type(GroupVersion.parse(apiVersion).kind(kind)).orElseThrow();
    }

    private static ServerSideApplyTest of(String apiVersion, String kind) {
        var test = new ServerSideApplyTest();
        test.type = type(apiVersion, kind);
        test.fields = new ServerSideApply(test.type, FieldSet.of("status"));
        test.live = Zeros.object(test.type);
        return test;
    }

    private static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private JsonObject object(String members) {
        var kind = type.kind().orElseThrow();
        return JsonObject.of("apiVersion", kind.apiVersion(), "kind", kind.kind()).withAll(json(members).object());
    }

    private boolean apply(String manager, boolean force, String members) {
        var applied = fields.apply(live, object(members), new FieldOwner(manager, true, "v1", ""), force, NOW);
        live = decoded(applied.object());
        return applied.changed();
    }

    private void update(String manager, String members) {
        var made = decoded(object(members));
        if (made.at("metadata", "managedFields").isNull()) made = made.withAt(live.at("metadata", "managedFields"), "metadata",
                "managedFields");
        if (live.at("metadata", "uid").isPresent()) made = made.withAt("u", "metadata", "uid");
        live = fields.update(live, made, new FieldOwner(manager, false, "v1", ""), NOW).withAt("u", "metadata", "uid");
    }

    private JsonObject decoded(JsonObject object) {
        return ObjectDecoder.decode(object, type).object().withAt("u", "metadata", "uid");
    }

    private Json owned(String manager) {
        return live.at("metadata", "managedFields").array().stream().filter(entry -> entry.at("manager").text("").equals(manager))
                .map(entry -> entry.at("fieldsV1")).findFirst().orElse(Json.NULL);
    }

    private ApiStatus refusal(String manager, String members) {
        return assertThrows(ApiException.class, () -> apply(manager, false, members)).status();
    }

    @Test
    void anApplierOwnsWhatItNames() {
        apply("alice", false, "{'metadata':{'name':'a','labels':{'app':'x'}},'data':{'k':'v','both':'1'}}");
        assertEquals(json("{'f:data':{'f:both':{},'f:k':{}},'f:metadata':{'f:labels':{'f:app':{}}}}"), owned("alice"));
        assertFalse(apply("alice", false, "{'metadata':{'name':'a','labels':{'app':'x'}},'data':{'k':'v','both':'1'}}"));
    }

    @Test
    void aChangeOfAnothersFieldIsAConflictUnlessForced() {
        apply("alice", false, "{'data':{'k':'v','both':'1'}}");
        var status = refusal("bob", "{'data':{'k':'bob','both':'1'}}");
        assertEquals(json("{'kind':'Status','apiVersion':'v1','metadata':{},'status':'Failure','message':"
                + "'Apply failed with 1 conflict: conflict with \\'alice\\': .data.k','reason':'Conflict','details':{'causes':["
                + "{'reason':'FieldManagerConflict','message':'conflict with \\'alice\\'','field':'.data.k'}]},'code':409}"),
                status.toJson());
        assertTrue(apply("bob", true, "{'data':{'k':'bob','both':'1'}}"));
        assertEquals(json("{'f:data':{'f:both':{}}}"), owned("alice"));
        assertEquals(json("{'f:data':{'f:both':{},'f:k':{}}}"), owned("bob"));
        assertEquals(json("{'k':'bob','both':'1'}"), live.at("data"));
    }

    @Test
    void whatAnApplierGivesUpGoesUnlessAnotherOwnsIt() {
        apply("alice", false, "{'data':{'k':'v','both':'1'}}");
        apply("bob", false, "{'data':{'both':'1'}}");
        apply("alice", false, "{'data':{}}");
        assertEquals(json("{'both':'1'}"), live.at("data"));
        assertEquals(json("{'f:data':{}}"), owned("alice"));
    }

    @Test
    void updatesOwnWhatTheyChangeAndNewParentsWithIt() {
        update("creator", "{'data':{'k':'v','u':'v'}}");
        assertEquals(json("{'f:data':{'.':{},'f:k':{},'f:u':{}}}"), owned("creator"));
        apply("alice", false, "{'data':{'k':'v','x':'1'}}");
        update("kubectl", "{'data':{'k':'v','x':'2'}}");
        assertEquals(json("{'f:data':{'.':{},'f:k':{}}}"), owned("creator"));
        assertEquals(json("{'f:data':{'f:k':{}}}"), owned("alice"));
        assertEquals(json("{'f:data':{'f:x':{}}}"), owned("kubectl"));
        assertEquals("Apply failed with 1 conflict: conflict with \"kubectl\" using v1: .data.x",
                refusal("alice", "{'data':{'k':'v','x':'3'}}").message());
    }

    @Test
    void managersCanBeClearedAndTheFirstApplyAfterwardsMeetsAnUnknownOne() {
        update("creator", "{'data':{'k':'v'}}");
        update("any", "{'metadata':{'managedFields':[{}]},'data':{'k':'v'}}");
        assertTrue(live.at("metadata", "managedFields").isNull());
        update("any", "{'data':{'k':'v','x':'3'}}");
        assertTrue(live.at("metadata", "managedFields").isNull());
        assertEquals("Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.k",
                refusal("alice", "{'data':{'k':'w'}}").message());
        apply("alice", true, "{'data':{'k':'w'}}");
        assertEquals(json("{'f:data':{'.':{},'f:x':{}}}"), owned("before-first-apply"));
        update("creator", "{'metadata':{'managedFields':[{'manager':'x','operation':'Nonsense'}]},'data':{'k':'w'}}");
        assertEquals(json("{'f:data':{}}"), owned("before-first-apply"));
    }

    @Test
    void structsByValueAreNotOwnedButWhatIsNewInThemIs() {
        var deployment = of("apps/v1", "Deployment");
        deployment.update("m", "{'spec':{'paused':true,'selector':{'matchLabels':{'app':'d'}},'strategy':{'type':'RollingUpdate','rollingUpdate':"
                + "{'maxSurge':'25%'}},'template':{'metadata':{'labels':{'app':'d'}},'spec':{'containers':[{'name':'c','image':'i'}],"
                + "'securityContext':{}}}}}");
        assertEquals(json("{'f:spec':{'f:paused':{},'f:selector':{},'f:strategy':{'f:rollingUpdate':{'.':{},'f:maxSurge':{}},'f:type':{}},"
                + "'f:template':{'f:metadata':{'f:labels':{'.':{},'f:app':{}}},'f:spec':{'f:containers':{'k:{\\'name\\':\\'c\\'}':"
                + "{'.':{},'f:image':{},'f:name':{},'f:resources':{}}},'f:securityContext':{}}}}}"), deployment.owned("m"));
    }

    @Test
    void listsMergeByKeyAndAtomicOnesAsAWhole() {
        var template = of("v1", "PodTemplate");
        template.apply("alice", false, "{'metadata':{'finalizers':['e.com/a']},'template':{'spec':{'containers':[{'name':'c1','image':'i1',"
                + "'env':[{'name':'A','value':'1'}],'ports':[{'containerPort':80}],'args':['x']}],'tolerations':[{'key':'a'}]}}}");
        assertEquals(json("{'f:metadata':{'f:finalizers':{'v:\\'e.com/a\\'':{}}},'f:template':{'f:spec':{'f:containers':{'k:{\\'name\\':\\'c1\\'}':"
                + "{'.':{},'f:args':{},'f:env':{'k:{\\'name\\':\\'A\\'}':{'.':{},'f:name':{},'f:value':{}}},'f:image':{},'f:name':{},'f:ports':"
                + "{'k:{\\'containerPort\\':80,\\'protocol\\':\\'TCP\\'}':{'.':{},'f:containerPort':{}}}}},'f:tolerations':{}}}}"),
                template.owned("alice"));
        template.apply("bob", false, "{'metadata':{'finalizers':['e.com/b']},'template':{'spec':{'containers':[{'name':'c1','env':"
                + "[{'name':'B','value':'2'}]},{'name':'side','image':'i2'}]}}}");
        assertEquals(List.of("c1", "side"), template.live.at("template", "spec",
                "containers").array().stream().map(c -> c.at("name").text("")).toList());
        assertEquals(json("['e.com/a','e.com/b']"), template.live.at("metadata", "finalizers"));
        assertEquals("Apply failed with 3 conflicts: conflicts with \"alice\":\n- .template.spec.tolerations\n"
                + "- .template.spec.containers[name=\"c1\"].args\n- .template.spec.containers[name=\"c1\"].image", template.refusal("bob",
                "{'template':{'spec':{'containers':[{'name':'c1','image':'o','args':['z']}],'tolerations':[{'key':'b'}]}}}").message());
        template.apply("alice", false, "{'template':{'spec':{'containers':[{'name':'c1','image':'i1b'}]}}}");
        assertEquals(json("{'name':'c1','image':'i1b','env':[{'name':'B','value':'2'}],'resources':{}}"),
                template.live.at("template", "spec", "containers").at(0));
        template.apply("bob", false, "{}");
        assertEquals(1, template.live.at("template", "spec", "containers").array().size());
        assertTrue(template.live.at("metadata", "finalizers").isNull());
    }

    @Test
    void aConfigurationThatDoesNotFitIsRefusedWithItsPath() {
        assertEquals("failed to create typed patch object (/a; /v1, Kind=ConfigMap): .extra: field not declared in schema",
                refusal("m", "{'metadata':{'name':'a'},'extra':1}").message());
        var template = of("v1", "PodTemplate");
        var status = template.refusal("m", "{'metadata':{'name':'t'},'template':{'spec':{'containers':[{'name':'c1'},{'name':'c1'}]}}}");
        assertEquals("failed to create typed patch object (/t; /v1, Kind=PodTemplate): .template.spec.containers: duplicate entries for key [name=\"c1\"]",
                status.message());
        assertEquals(500, status.code());
    }

    @Test
    void statusIsIgnoredByTheMainPathAndSpecByTheStatusPath() {
        var ingress = of("networking.k8s.io/v1", "Ingress");
        ingress.apply("alice", false, "{'spec':{'defaultBackend':{'service':{'name':'s','port':{'number':80}}}},"
                + "'status':{'loadBalancer':{'ingress':[{'ip':'1.2.3.4'}]}}}");
        assertEquals(json("{'f:spec':{'f:defaultBackend':{'f:service':{'f:name':{},'f:port':{}}}}}"), ingress.owned("alice"));
        assertEquals(json("{'loadBalancer':{}}"), ingress.live.at("status"));
        var status = new ServerSideApply(ingress.type, FieldSet.of("spec"));
        var applied = status.apply(ingress.live,
                ingress.object("{'metadata':{'labels':{'not':'here'}},'spec':{'ingressClassName':'ignored'},"
                + "'status':{'loadBalancer':{'ingress':[{'ip':'1.2.3.4'}]}}}"), new FieldOwner("lb", true, "networking.k8s.io/v1",
                "status"), false, NOW);
        ingress.live = applied.object();
        assertEquals(json("{'f:metadata':{'f:labels':{'f:not':{}}},'f:status':{'f:loadBalancer':{'f:ingress':{}}}}"), ingress.owned("lb"));
        assertTrue(ingress.live.at("spec", "ingressClassName").isNull());
    }

    @Test
    void theOldestUpdatersAreFoldedIntoOne() {
        for (int i = 0; i < 15; i++) {
            var all = new StringBuilder("{'data':{");
            for (int j = 0; j <= i; j++) all.append(j > 0 ? "," : "").append("'k%d':'v'".formatted(j));
            update("m" + i, all.append("}}").toString());
        }
        assertEquals(FieldOwnership.UPDATERS_MAX, live.at("metadata", "managedFields").array().size());
        assertEquals(json("{'f:data':{'.':{},'f:k0':{},'f:k1':{},'f:k10':{},'f:k11':{},'f:k12':{},'f:k13':{}}}"),
                owned(FieldOwnership.FOLDED));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anAppliedObjectIsThereAndWhatIsAppliedNoMoreIsGone(long seed) {
        var trees = new RandomTrees(new Random(seed));
        for (var kind : List.of("Pod", "Service", "PodTemplate", "Node", "ConfigMap")) {
            var test = of("v1", kind);
            var tree = trees.tree(test.type).without("metadata").without("status");
            test.live = test.fields.apply(test.live, test.object("{}").withAll(tree), new FieldOwner("m", true, "v1", ""), false,
                    NOW).object();
            for (var member : tree.members().entrySet()) {
                if (member.getValue() instanceof JsonObject wanted && wanted.isEmpty()) continue;
                assertEquals(List.of(), missing(member.getValue(), test.live.at(member.getKey())), () -> "seed " + seed + " " + kind);
            }
            var after = test.fields.apply(test.live, test.object("{}"), new FieldOwner("m", true, "v1", ""), false, NOW).object();
            assertEquals(JsonObject.EMPTY,
                    after.without("apiVersion").without("kind").without("metadata").without("spec").without("status").without("template"),
                            () -> "seed " + seed + " " + kind);
            assertTrue(after.at("metadata", "managedFields").isNull(), () -> "seed " + seed + " " + kind);
        }
    }

    /// The members of the first that the second has not, lists taken as a whole.
    private static List<String> missing(Json wanted, Json found) {
        if (!(wanted instanceof JsonObject object)) return wanted.equals(found) ? List.of() : List.of(wanted + " but " + found);
        return object.members().entrySet().stream().flatMap(member -> missing(member.getValue(),
                found.at(member.getKey())).stream()).toList();
    }
}
