package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private static final String TOYS = "{'metadata':{'name':'toys.example.com'},'spec':{'group':'example.com','scope':'Cluster',"
            + "'names':{'plural':'toys','kind':'Toy'},'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':"
            + "{'type':'object','description':'A toy.','properties':{'spec':{'type':'object','properties':{'free':{'type':'object',"
            + "'x-kubernetes-preserve-unknown-fields':true,'properties':{'a':{'type':'string'}}}}}}}}}]}}";
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api();
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private Json path(String document, String path, String method) throws Exception {
        return api.get(document).at("paths", path, method);
    }

    private static boolean hasParameter(Json operation, String name) {
        return operation.at("parameters").array().stream().anyMatch(p -> p.at("name").text("").equals(name) && p.at("in").text("").equals("query"));
    }

    @Test
    void theIndexLeadsToEveryGroupByItsHash() throws Exception {
        var url = api.get("/openapi/v3").at("paths", "apis/apps/v1", "serverRelativeURL").text("");
        assertTrue(url.startsWith("/openapi/v3/apis/apps/v1?hash="), url);
        var answer = (LocalAnswer.Whole) api.call(LocalRequest.of("GET", url));
        assertEquals(200, answer.status());
        assertEquals("3.0.0", Json.parse(answer.body()).at("openapi").text(""));
    }

    @Test
    void everyPatchSaysItsKindAndThatItValidatesAndRunsDry() throws Exception {
        var patch = path("/openapi/v3/api/v1", "/api/v1/namespaces/{namespace}/pods/{name}", "patch");
        assertEquals("Pod", patch.at("x-kubernetes-group-version-kind", "kind").text(""));
        assertTrue(hasParameter(patch, "fieldValidation") && hasParameter(patch, "dryRun"));
        assertTrue(patch.at("requestBody", "content").object().has("application/strategic-merge-patch+json"));
    }

    @Test
    void listsSayHowAPatchMergesThem() throws Exception {
        var containers = api.get("/openapi/v3/api/v1").at("components", "schemas").at("io.k8s.api.core.v1.PodSpec", "properties", "containers");
        assertEquals("name", containers.at("x-kubernetes-patch-merge-key").text(""));
        assertEquals("merge", containers.at("x-kubernetes-patch-strategy").text(""));
        assertEquals("#/components/schemas/io.k8s.api.core.v1.Container", containers.at("items", "allOf").at(0).at("$ref").text(""));
    }

    @Test
    void everyReferenceLeadsSomewhere() throws Exception {
        for (var group : api.get("/openapi/v3").at("paths").object().names()) {
            var document = api.get("/openapi/v3/" + group);
            var text = document.toString();
            var schemas = document.at("components", "schemas").object();
            var references = java.util.regex.Pattern.compile("\"#/components/schemas/([^\"]+)\"").matcher(text);
            while (references.find()) assertTrue(schemas.has(references.group(1)), references.group(1));
        }
    }

    @Test
    void customKindsStandInItWithoutStrategicPatches() throws Exception {
        var before = api.get("/openapi/v3").at("paths").object();
        assertFalse(before.has("apis/example.com/v1"));
        api.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", TOYS);
        var document = api.get("/openapi/v3/apis/example.com/v1");
        var toy = document.at("components", "schemas").at("com.example.v1.Toy");
        assertEquals("A toy.", toy.at("description").text(""));
        assertEquals("Toy", toy.at("x-kubernetes-group-version-kind").at(0).at("kind").text(""));
        var patch = document.at("paths", "/apis/example.com/v1/toys/{name}", "patch");
        assertFalse(patch.at("requestBody", "content").object().has("application/strategic-merge-patch+json"));
    }

    @Test
    void theOlderFormSaysNothingOfWhatIsFreeInside() throws Exception {
        var hash = header("/openapi/v2");
        api.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", TOYS);
        assertNotEquals(hash, header("/openapi/v2"));
        var toy = api.get("/openapi/v2").at("definitions", "com.example.v1.Toy");
        assertEquals("{\"x-kubernetes-preserve-unknown-fields\":true}", toy.at("properties", "spec").at("properties", "free").toString());
    }

    /// As the reference does: kubectl takes what is named for all there may be, and explains by these words.
    @Test
    void theOlderFormOfAKindThatIsFreeThroughoutNamesNothing() throws Exception {
        api.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", TOYS.replace("'type':'object','description':'A toy.'",
                "'type':'object','x-kubernetes-preserve-unknown-fields':true"));
        assertEquals("{\"type\":\"object\",\"x-kubernetes-group-version-kind\":[{\"group\":\"example.com\",\"version\":\"v1\",\"kind\":\"Toy\"}]}",
                api.get("/openapi/v2").at("definitions", "com.example.v1.Toy").toString());
        var toy = api.get("/openapi/v3/apis/example.com/v1").at("components", "schemas").at("com.example.v1.Toy", "properties");
        assertTrue(toy.at("apiVersion", "description").text("").startsWith("APIVersion defines "));
        assertTrue(toy.at("metadata", "description").text("").startsWith("Standard object's metadata"));
    }

    private String header(String path) throws Exception {
        return api.send("GET", path, "", "").headers().get("ETag").getFirst();
    }

    @Test
    void theOlderFormIsServedInProtobuf() throws Exception {
        var accept = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
        var answer = (LocalAnswer.Whole) api.call(LocalRequest.of("GET", "/openapi/v2").with("Accept", accept));
        assertEquals("application/com.github.proto-openapi.spec.v2.v1.0+protobuf", answer.headers().get("Content-Type").getFirst());
        // Field 1, text of three bytes: the version of the notation.
        assertEquals("\n\0032.0", new String(answer.body(), 0, 5, StandardCharsets.ISO_8859_1));
    }

    @Test
    void messagesAreWrittenFieldByField() {
        var document = Json.parse("""
                {"swagger":"2.0","info":{"title":"T","version":"v"},"definitions":{"A":{"type":"string","x-k":1}}}""").object();
        var expected = "\n\0032.0" + "\022\006" + "\n\001T\022\001v" + "B\0" + "J\040" + "\n\036" + "\n\001A" + "\022\031"
                + "\262\001\010\n\006string" + "\372\001\013" + "\n\003x-k\022\004\022\0021\n";
        assertEquals(expected, new String(OpenApiProtobuf.encode(document), StandardCharsets.ISO_8859_1));
    }
}
