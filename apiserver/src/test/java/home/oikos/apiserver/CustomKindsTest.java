package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Yaml;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalRequest;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomKindsTest {
    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String TOYS = "/apis/example.com/v1/namespaces/default/toys";
    private static final String JSON = "application/json";
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api();
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private static String crd(String names, String version) {
        return "{'metadata':{'name':'toys.example.com'},'spec':{'group':'example.com','scope':'Namespaced','names':" + names
                + ",'versions':[" + version + "]}}";
    }

    private void define(String properties) throws Exception {
        api.post(CRDS, crd("{'plural':'toys','kind':'Toy','shortNames':['ty'],'categories':['all']}", version("v1", true, properties, "")));
    }

    private static String version(String name, boolean storage, String properties, String more) {
        return "{'name':'" + name + "','served':true,'storage':" + storage + more
                + ",'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object',"
                + "'properties':" + properties + "},'status':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}}}";
    }

    private Json make(String name, String spec) throws Exception {
        return api.post(TOYS, "{'apiVersion':'example.com/v1','kind':'Toy','metadata':{'name':'" + name + "'},'spec':" + spec + "}");
    }

    private void awaitGone(String name) throws Exception {
        var watched = api.watch(CRDS + "?watch=1&fieldSelector=metadata.name=" + name);
        try (var _ = watched.frames()) {
            if (api.send("GET", CRDS + "/" + name, "", "").status() == 404) return;
            while (!Api.event(watched).at("type").text("").equals("DELETED")) continue;
        }
    }

    private String refusal(String spec) throws Exception {
        var body = "{'apiVersion':'example.com/v1','kind':'Toy','metadata':{'name':'bad'},'spec':" + spec + "}";
        return api.refused(422, "POST", TOYS, JSON, body).at("message").text("").replace("Toy.example.com \"bad\" is invalid: ", "");
    }

    @Test
    void versionThatIsStoredCannotBeForgottenThoughNothingElseChanges() throws Exception {
        define("{}");
        var told = api.refused(422, "PATCH", CRDS + "/toys.example.com/status", "application/merge-patch+json", "{'status':{'storedVersions':[]}}");
        assertTrue(told.at("message").text("").contains("must have at least one stored version"), told::toString);
    }

    @Test
    void aKindIsServedWhenItsDefinitionHasBeenAnswered() throws Exception {
        define("{'n':{'type':'integer'}}");
        assertEquals("ToyList", api.get(TOYS).at("kind").text(""));
        var resource = api.get("/apis/example.com/v1").at("resources").at(0);
        assertEquals("[\"ty\"]", resource.at("shortNames").toString());
        assertEquals("v1", api.get("/apis/example.com").at("preferredVersion", "version").text(""));
    }

    @Test
    void aDefinitionTellsThatItsNamesAreAccepted() throws Exception {
        define("{}");
        var status = api.get(CRDS + "/toys.example.com").at("status");
        var conditions = status.at("conditions").array().stream()
                .map(c -> c.at("type").text("") + "=" + c.at("status").text("")).collect(Collectors.joining(","));
        assertEquals("NamesAccepted=True,Established=True", conditions);
        assertEquals("toy", status.at("acceptedNames", "singular").text(""));
        assertEquals("[\"v1\"]", status.at("storedVersions").toString());
    }

    @Test
    void namesAreHeldByOneDefinitionAndFreeWhenItGoes() throws Exception {
        define("{}");
        api.post(CRDS, "{'metadata':{'name':'tools.example.com'},'spec':{'group':'example.com','scope':'Namespaced','names':{'plural':'tools','kind':'Tool',"
                + "'shortNames':['ty']},'versions':[" + version("v1", true, "{}", "") + "]}}");
        api.get("/apis/example.com/v1");
        var condition = api.get(CRDS + "/tools.example.com").at("status", "conditions").at(0);
        assertEquals("ShortNamesConflict", condition.at("reason").text(""));
        assertEquals("\"ty\" is already in use", condition.at("message").text(""));
        assertEquals(404, api.send("GET", "/apis/example.com/v1/tools", "", "").status());
        api.delete(CRDS + "/toys.example.com");
        awaitGone("toys.example.com");
        assertEquals("ToolList", api.get("/apis/example.com/v1/tools").at("kind").text(""));
    }

    @Test
    void unknownMembersArePrunedAndAbsentOnesDefaulted() throws Exception {
        define("{'n':{'type':'integer','default':3},'free':{'type':'object','x-kubernetes-preserve-unknown-fields':true},'zero':{'type':'integer','default':0},"
                + "'none':{'type':'string','nullable':true}}");
        var spec = make("a", "{'free':{'x':{'y':1}},'gone':1,'none':null}").at("spec");
        assertEquals(Json.parse("{\"free\":{\"x\":{\"y\":1}},\"none\":null,\"n\":3,\"zero\":0}"), spec);
        assertEquals(spec, api.get(TOYS + "/a").at("spec"));
    }

    @Test
    void objectsWrittenBeforeAChangeAreReadByTheNewSchema() throws Exception {
        define("{'old':{'type':'string'}}");
        make("a", "{'old':'x'}");
        api.merge(CRDS + "/toys.example.com", "{'spec':{'versions':[" + version("v1", true, "{'fresh':{'type':'string','default':'new'}}", "") + "]}}");
        assertEquals("{\"fresh\":\"new\"}", api.get(TOYS + "/a").at("spec").toString());
        assertEquals("{\"fresh\":\"new\"}", api.get(TOYS).at("items").at(0).at("spec").toString());
    }

    @Test
    void mistakesAreToldByTheirPath() throws Exception {
        define("{'n':{'type':'integer','minimum':1},'e':{'type':'string','enum':['a','b']},'l':{'type':'array','maxItems':1,'items':{'type':'string',"
                + "'pattern':'^x$'}},'when':{'type':'string','format':'date-time'},'one':{'type':'object','oneOf':[{'required':['p']},{'required':['q']}],"
                + "'properties':{'p':{'type':'string'},'q':{'type':'string'}}}}");
        assertEquals("spec.n: Invalid value: 0: spec.n in body should be greater than or equal to 1", refusal("{'n':0}"));
        assertEquals("spec.n: Invalid value: \"string\": spec.n in body must be of type integer: \"string\"", refusal("{'n':'1'}"));
        assertEquals("spec.e: Unsupported value: \"c\": supported values: \"a\", \"b\"", refusal("{'e':'c'}"));
        assertEquals("spec.l[0]: Invalid value: \"y\": spec.l[0] in body should match '^x$'", refusal("{'l':['y']}"));
        assertEquals("spec.l: Too many: 2: must have at most 1 item", refusal("{'l':['x','x']}"));
        assertEquals("spec.when: Invalid value: \"noon\": spec.when in body must be of type date-time: \"noon\"", refusal("{'when':'noon'}"));
        assertEquals("<nil>: Invalid value: \"\": \"spec.one\" must validate one and only one schema (oneOf). Found 2 valid alternatives",
                refusal("{'one':{'p':'','q':''}}"));
    }

    @Test
    void rulesInCelSeeTheOldValueAndLeaveWhatIsUnchanged() throws Exception {
        define("{'min':{'type':'integer'},'mode':{'type':'string','x-kubernetes-validations':[{'rule':'self == oldSelf','message':'mode stays'}]}},"
                + "'x-kubernetes-validations':[{'rule':'!has(self.min) || self.min > 1','message':'too small','fieldPath':'.min'}]");
        assertEquals("spec.min: Invalid value: too small", refusal("{'min':1}"));
        make("a", "{'min':2,'mode':'x'}");
        var status = api.refused(422, "PATCH", TOYS + "/a", "application/merge-patch+json", "{'spec':{'mode':'y'}}");
        assertEquals("Toy.example.com \"a\" is invalid: spec.mode: Invalid value: \"y\": mode stays", status.at("message").text(""));
        assertEquals(3, api.merge(TOYS + "/a", "{'spec':{'min':3}}").at("spec", "min").integer(0));
    }

    @Test
    void statusAndSpecAreWrittenApart() throws Exception {
        api.post(CRDS, crd("{'plural':'toys','kind':'Toy'}", version("v1", true, "{'replicas':{'type':'integer'}}",
                ",'subresources':{'status':{},'scale':{'specReplicasPath':'.spec.replicas','statusReplicasPath':'.status.replicas'}}")));
        make("a", "{'replicas':2}");
        api.merge(TOYS + "/a/status", "{'spec':{'replicas':9},'status':{'replicas':1}}");
        var object = api.get(TOYS + "/a");
        assertEquals(2, object.at("spec", "replicas").integer(0));
        assertEquals(1, object.at("metadata", "generation").integer(0));
        assertEquals(1, api.get(TOYS + "/a/scale").at("status", "replicas").integer(0));
        api.merge(TOYS + "/a/scale", "{'spec':{'replicas':4}}");
        assertEquals(4, api.get(TOYS + "/a").at("spec", "replicas").integer(0));
    }

    @Test
    void anotherVersionShowsTheSameObject() throws Exception {
        api.post(CRDS, crd("{'plural':'toys','kind':'Toy'}", version("v1", true, "{'n':{'type':'integer'}}", "") + "," + version("v2beta1", false,
                "{'n':{'type':'integer'}}", "")));
        make("a", "{'n':1}");
        var other = api.get("/apis/example.com/v2beta1/namespaces/default/toys/a");
        assertEquals("example.com/v2beta1", other.at("apiVersion").text(""));
        assertEquals(1, other.at("spec", "n").integer(0));
    }

    @Test
    void aDefinitionTakesItsObjectsWithItAndWaitsForTheirFinalizers() throws Exception {
        define("{}");
        make("a", "{}");
        api.merge(TOYS + "/a", "{'metadata':{'finalizers':['example.com/hold']}}");
        api.delete(CRDS + "/toys.example.com");
        api.get(TOYS + "/a");
        var status = api.refused(403, "POST", TOYS, JSON, "{'apiVersion':'example.com/v1','kind':'Toy','metadata':{'name':'late'}}");
        assertEquals("toys.example.com \"late\" is forbidden: create not allowed while custom resource definition is terminating",
                status.at("message").text(""));
        api.merge(TOYS + "/a", "{'metadata':{'finalizers':null}}");
        awaitGone("toys.example.com");
        // The kind goes when its server hears of the end of the definition, as everybody does.
        while (api.send("GET", TOYS, "", "").status() == 200) Thread.onSpinWait();
        assertEquals(404, api.send("GET", TOYS, "", "").status());
        assertEquals(404, api.send("GET", CRDS + "/toys.example.com", "", "").status());
    }

    @Test
    void columnsFindTheirValuesByPath() throws Exception {
        api.post(CRDS, crd("{'plural':'toys','kind':'Toy'}", version("v1", true, "{'tags':{'type':'array','items':{'type':'string'}}}",
                ",'additionalPrinterColumns':[{'name':'First','type':'string','jsonPath':'.spec.tags[0]'},"
                + "{'name':'Ready','type':'string','jsonPath':'.status.conditions[?(@.type==\\'Ready\\')].status'},"
                + "{'name':'Age','type':'date','jsonPath':'.metadata.creationTimestamp'}]").replace("\\'", "\\\"")));
        api.post(TOYS, "{'apiVersion':'example.com/v1','kind':'Toy','metadata':{'name':'a'},'spec':{'tags':['x']},'status':{'conditions':[{'type':'Ready',"
                + "'status':'True'}]}}");
        var answer = (LocalAnswer.Whole) api.call(LocalRequest.of("GET", TOYS).with("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"));
        assertEquals("[\"a\",\"x\",\"True\",\"0s\"]", Json.parse(answer.body()).at("rows").at(0).at("cells").toString());
    }

    @Test
    void aFieldSelectsOnceTheDefinitionNamesIt() throws Exception {
        define("{'colour':{'type':'string'}}");
        make("a", "{'colour':'red'}");
        make("b", "{'colour':'blue'}");
        api.merge(CRDS + "/toys.example.com", "{'spec':{'versions':[" + version("v1", true, "{'colour':{'type':'string'}}",
                ",'selectableFields':[{'jsonPath':'.spec.colour'}]") + "]}}");
        var found = api.get(TOYS + "?fieldSelector=spec.colour%3Dred").at("items").array();
        assertEquals("a", found.at(0).at("metadata", "name").text(""));
        assertEquals(1, found.size());
    }

    @Test
    void definitionsOutliveTheServer() throws Exception {
        define("{'n':{'type':'integer'}}");
        make("a", "{'n':1}");
        try (var again = ApiServer.start(api.server().store(), ApiServerOptions.of(java.time.Clock.systemUTC(), new Random(2)))) {
            var kind = new home.oikos.api.GroupVersion("example.com", "v1");
            assertTrue(again.resources().find(kind, "toys").isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Device", "DeviceModel", "Interlock", "Reaction", "Scaler", "Firmware", "FirmwareRollout"})
    void theHomeKindsAreServed(String kind) throws Exception {
        try (var manifest = Json.class.getResourceAsStream("/crd/" + kind + ".yaml")) {
            var crd = Yaml.parse(manifest.readAllBytes(), _ -> { }).object();
            api.post(CRDS + "?fieldValidation=Strict", crd.toString().replace("'", "\\u0027"));
            var list = api.get("/apis/oikos.home/v1alpha1/" + crd.at("spec", "names", "plural").text(""));
            assertEquals(kind + "List", list.at("kind").text(""));
            assertTrue(api.get("/openapi/v3/apis/oikos.home/v1alpha1").at("components", "schemas").object().has("home.oikos.v1alpha1." + kind));
        }
    }

    @Test
    void applyMergesListsByTheKeysOfTheSchema() throws Exception {
        define("{'ports':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['p'],'items':{'type':'object','required':['p'],"
                + "'properties':{'p':{'type':'integer'},'n':{'type':'string'}}}}}");
        apply("one", "[{'p':80,'n':'web'}]");
        assertEquals("[{\"n\":\"web\",\"p\":80},{\"n\":\"dns\",\"p\":53}]", sorted(apply("two", "[{'p':53,'n':'dns'}]").at("spec", "ports")));
        var conflict = api.refused(409, "PATCH", TOYS + "/a?fieldManager=two", "application/apply-patch+yaml", applied("[{'p':80,'n':'x'}]"));
        assertEquals(".spec.ports[p=80].n", conflict.at("details", "causes").at(0).at("field").text(""));
    }

    private Json apply(String manager, String ports) throws Exception {
        return Json.parse(api.send("PATCH", TOYS + "/a?fieldManager=" + manager, "application/apply-patch+yaml", applied(ports)).body());
    }

    private static String applied(String ports) {
        return "{'apiVersion':'example.com/v1','kind':'Toy','metadata':{'name':'a'},'spec':{'ports':" + ports + "}}";
    }

    private static String sorted(Json list) {
        return list.array().map(item -> JsonObject.copyOf(new java.util.TreeMap<>(item.object().members()))).toString();
    }
}
