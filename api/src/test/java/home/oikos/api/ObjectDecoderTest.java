package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectDecoderTest {
    private static ObjectSchema type(String apiVersion, String kind) {
        return Catalog.builtIn().type(GroupVersion.parse(apiVersion).kind(kind)).orElseThrow();
    }

    private static final ObjectSchema CONFIG_MAP = type("v1", "ConfigMap");
    private static final ObjectSchema POD = type("v1", "Pod");

    private static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private static Decoded decode(String text, ObjectSchema type) {
        var duplicates = new ArrayList<String>();
        var bytes = text.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return ObjectDecoder.decode(new JsonParser(bytes, duplicates::add).document(), type, duplicates);
    }

    private static String refusal(String text, ObjectSchema type) {
        return assertThrows(DecodeException.class, () -> decode(text, type)).getMessage();
    }

    @Test
    void strictErrorsStandInTheOrderOfTheDocument() {
        var decoded = decode("{'metadata':{'name':'a','nonsense':1},'data':{'k':'1','k':'2'},'extra':{'x':1}}", CONFIG_MAP);
        assertEquals("strict decoding error: unknown field \"metadata.nonsense\", duplicate field \"data.k\", unknown field \"extra\"",
                decoded.strictError());
        assertEquals(json("{'metadata':{'name':'a'},'data':{'k':'2'}}"), decoded.object());
    }

    @Test
    void unknownFieldsInListsAreToldWithTheirIndex() {
        assertEquals(List.of("unknown field \"spec.portz\"", "unknown field \"spec.ports[0].prot\""),
                decode("{'metadata':{},'spec':{'portz':1,'ports':[{'port':80,'prot':'TCP'}]}}", type("v1", "Service")).strict());
    }

    @Test
    void wrongTypesAreRefusedInTheWordsOfGo() {
        assertEquals("json: cannot unmarshal number into Go struct field ConfigMap.data of type string", refusal("{'data':{'k':1}}",
                CONFIG_MAP));
        assertEquals("json: cannot unmarshal array into Go struct field ConfigMap.data of type map[string]string",
                refusal("{'data':['x']}", CONFIG_MAP));
        assertEquals("json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32",
                refusal("{'spec':{'containers':[{'ports':[{'containerPort':'x'}]}]}}", POD));
        assertEquals("json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64",
                refusal("{'gracePeriodSeconds':'abc'}", Catalog.builtIn().library().type("meta-v1/DeleteOptions")));
        assertEquals("illegal base64 data at input byte 0", refusal("{'binaryData':{'k':'!'}}", CONFIG_MAP));
        assertEquals(Quantity.SYNTAX, refusal("{'spec':{'containers':[{'resources':{'limits':{'cpu':'much'}}}]}}", POD));
        assertEquals("parsing time \"2020-01-01T00:00:00.5Z\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse \".5Z\" as \".000000\"",
                refusal("{'spec':{'renewTime':'2020-01-01T00:00:00.5Z'}}", type("coordination.k8s.io/v1", "Lease")));
    }

    @Test
    void zerosThatMeanAbsenceGoAndOthersStay() {
        var deployment = decode("{'metadata':{},'spec':{'replicas':0,'paused':false,'minReadySeconds':0,'selector':null,"
                + "'template':{'spec':{'containers':[],'priority':0,'hostNetwork':false}}}}", type("apps/v1", "Deployment")).object();
        assertEquals(json("{'replicas':0,'selector':null,'strategy':{},"
                + "'template':{'metadata':{},'spec':{'containers':null,'priority':0}}}"), deployment.at("spec"));
    }

    @Test
    void structsByValueAreShownEvenWhenEmpty() {
        assertEquals(json("{'metadata':{},'spec':{'defaultBackend':{'service':{'name':'s','port':{}}}},'status':{'loadBalancer':{}}}"),
                decode("{'spec':{'defaultBackend':{'service':{'name':'s'}}}}", type("networking.k8s.io/v1", "Ingress")).object());
        assertEquals(json("{'metadata':{},'rules':null}"), decode("{'rules':[]}", type("rbac.authorization.k8s.io/v1", "Role")).object());
        assertEquals(json("{'metadata':{}}"), decode("null", CONFIG_MAP).object());
    }

    @Test
    void amountsBecomeCanonical() {
        var limits = decode("{'spec':{'containers':[{'name':'c','resources':{'limits':{'cpu':0.5,'memory':'1024Ki'}}}]}}", POD).object();
        assertEquals(json("{'cpu':'500m','memory':'1Mi'}"), limits.at("spec", "containers").at(0).at("resources", "limits"));
    }

    @Test
    void aDecodedObjectDecodesToItself() {
        var trees = new RandomTrees(new java.util.Random(7));
        for (var groupVersion : Catalog.builtIn().groupVersions()) {
            for (var type : Catalog.builtIn().types(groupVersion)) {
                var once = ObjectDecoder.decode(trees.tree(type), type);
                assertEquals(List.of(), once.strict());
                assertEquals(once.object(), ObjectDecoder.decode(once.object(), type).object());
            }
        }
    }
}
