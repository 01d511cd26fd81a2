package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchTest {
    private static final ObjectSchema POD = Catalog.builtIn().type(GroupVersion.CORE.kind("Pod")).orElseThrow();

    private static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private static Json jsonPatch(String document, String patch) {
        return JsonPatch.of(json(patch)).apply(json(document));
    }

    private static void refused(String document, String patch) {
        assertThrows(PatchException.class, () -> jsonPatch(document, patch), patch);
    }

    private static Json strategic(String spec, String patch) {
        return StrategicMergePatch.apply(JsonObject.of("spec", json(spec)), JsonObject.of("spec", json(patch)), POD).at("spec");
    }

    @Test
    void operationsOfAJsonPatchApplyInOrder() {
        assertEquals(json("{'k':'v2','new':'n','a/b':'z','l':[1,2,3,4],'c':'v2'}"),
                jsonPatch("{'k':'v','gone':1,'a/b':'y','l':[1,3],'m':2}",
                "[{'op':'test','path':'/k','value':'v'},{'op':'replace','path':'/k','value':'v2'},{'op':'add','path':'/new','value':'n'},"
                + "{'op':'remove','path':'/gone'},{'op':'replace','path':'/a~1b','value':'z'},{'op':'move','from':'/m','path':'/l/1'},"
                + "{'op':'add','path':'/l/-','value':4},{'op':'copy','from':'/k','path':'/c'}]"));
    }

    @Test
    void replaceOfAMissingMemberAddsIt() {
        assertEquals(json("{'none':'x'}"), jsonPatch("{}", "[{'op':'replace','path':'/none','value':'x'}]"));
    }

    @Test
    void aJsonPatchThatDoesNotFitIsRefused() {
        refused("{}", "[{'op':'remove','path':'/none'}]");
        refused("{}", "[{'op':'add','path':'/none/deeper','value':1}]");
        refused("{}", "[{'op':'jump','path':'/k'}]");
        refused("{'k':1}", "[{'op':'test','path':'/k','value':2}]");
        refused("{'l':[1]}", "[{'op':'remove','path':'/l/9'}]");
        refused("{'l':[1]}", "[{'op':'add','path':'/l/2','value':1}]");
        refused("{'l':[1]}", "[{'op':'replace','path':'/l/01','value':1}]");
        refused("{}", "[{'op':'add','path':'k','value':1}]");
        assertEquals("json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp",
                assertThrows(DecodeException.class, () -> JsonPatch.of(json("{}"))).getMessage());
    }

    @Test
    void aMergePatchRemovesWithNull() {
        assertEquals(json("{'a':{'c':2},'d':[1]}"), MergePatch.apply(json("{'a':{'b':1},'d':{'x':1}}"),
                json("{'a':{'b':null,'c':2},'d':[1],'e':null}")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void thePatchBetweenTwoObjectsMakesOneOfTheOther(long seed) {
        var trees = new RandomTrees(new Random(seed));
        for (var type : Catalog.builtIn().types(GroupVersion.parse("apps/v1"))) {
            var from = trees.tree(type);
            var to = trees.tree(type);
            assertEquals(to, MergePatch.apply(from, MergePatch.between(from, to)), () -> "seed " + seed + " " + type);
        }
    }

    @Test
    void listsMergeByTheirKeyAndThePatchedItemsComeFirst() {
        assertEquals(json("{'containers':[{'name':'c1','image':'i1b','env':[{'name':'A','value':'11'},{'name':'C','value':'3'},{'name':'B','value':'2'}]},"
                + "{'name':'c3','image':'i3'},{'name':'c2','image':'i2'}]}"),
                strategic("{'containers':[{'name':'c1','image':'i1','env':[{'name':'A','value':'1'},{'name':'B','value':'2'}]},{'name':'c2','image':'i2'}]}",
                        "{'containers':[{'name':'c1','image':'i1b','env':[{'name':'A','value':'11'},{'name':'C','value':'3'}]},{'name':'c3','image':'i3'}]}"));
    }

    @Test
    void directivesDeleteReplaceAndOrder() {
        assertEquals(json("{'containers':[{'name':'c1'},{'name':'c3'}]}"),
                strategic("{'containers':[{'name':'c1'},{'name':'c3'},{'name':'c2'}]}",
                        "{'containers':[{'name':'c2','$patch':'delete'}]}"));
        assertEquals(json("{'containers':[{'name':'c3'},{'name':'c1','args':['only']}]}"),
                strategic("{'containers':[{'name':'c1','args':['x']},{'name':'c3'}]}",
                        "{'$setElementOrder/containers':[{'name':'c3'},{'name':'c1'}],'containers':[{'name':'c1','args':['only']}]}"));
        assertEquals(json("{'containers':[{'name':'new'}]}"),
                strategic("{'containers':[{'name':'c1'}]}", "{'containers':[{'$patch':'replace'},{'name':'new'}]}"));
        assertEquals(json("{'nodeSelector':{'fresh':'x'}}"), strategic("{'nodeSelector':{'a':'b'}}",
                "{'nodeSelector':{'$patch':'replace','fresh':'x'}}"));
    }

    @Test
    void retainKeysDropTheMembersTheyDoNotName() {
        assertEquals(json("{'volumes':[{'name':'v','configMap':{'name':'m'}}]}"), strategic("{'volumes':[{'name':'v','emptyDir':{}}]}",
                "{'volumes':[{'name':'v','$retainKeys':['name','configMap'],'configMap':{'name':'m'}}]}"));
    }

    @Test
    void listsOfScalarsMergeAsSetsWhereTheSchemaSaysSo() {
        var object = json("{'metadata':{'finalizers':['a','b']}}").object();
        assertEquals(json("['c','b']"), StrategicMergePatch.apply(object,
                json("{'metadata':{'$deleteFromPrimitiveList/finalizers':['a'],'finalizers':['c']}}").object(), POD).at("metadata",
                        "finalizers"));
        assertEquals(json("['b','a']"), StrategicMergePatch.apply(object,
                json("{'metadata':{'$setElementOrder/finalizers':['b','a']}}").object(), POD).at("metadata", "finalizers"));
        assertEquals(json("{'tolerations':[{'key':'b'}]}"), strategic("{'tolerations':[{'key':'a'}]}", "{'tolerations':[{'key':'b'}]}"));
    }

    @Test
    void whatCannotBeMergedIsRefusedInKubernetesWords() {
        assertEquals("map: map[image:nameless] does not contain declared merge key: name", assertThrows(PatchException.class,
                () -> strategic("{'containers':[{'name':'c'}]}", "{'containers':[{'image':'nameless'}]}")).getMessage());
        assertEquals("unknown patch type: nonsense in map: map[$patch:nonsense name:new]", assertThrows(PatchException.class,
                () -> strategic("{'containers':[{'name':'new'}]}", "{'containers':[{'name':'new','$patch':'nonsense'}]}")).getMessage());
    }
}
