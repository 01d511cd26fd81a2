package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {
    private static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({"yes,true", "Off,false", "~,null", "0777,511", "0o17,15", "0x1f,31", "1_000,1000", "1.5,1.5", "1e3,1000",
        "'\"1\"','\"1\"'", "v1,'\"v1\"'",
        "2001-01-01,'\"2001-01-01\"'", "1.2.3,'\"1.2.3\"'", "!!str 5,'\"5\"'", "-,'[null]'"})
    void unquotedWordsMeanWhatKubernetesTakesThemFor(String yaml, String json) {
        assertEquals(Json.parse(json), Json.parse(Yaml.parse(yaml).toString()));
    }

    @Test
    void aManifestWithCommentsAndFlowStyleIsRead() {
        assertEquals(json("{'apiVersion':'v1','metadata':{'name':'a','1':true},'data':{'k':'x\\ny\\n'}}"),
                Yaml.parse("# c\napiVersion: v1\nmetadata: {name: a, 1: yes}\ndata:\n  k: |\n    x\n    y\n"));
    }

    @Test
    void keysThatStandTwiceAreToldWithTheirLine() {
        var told = new ArrayList<String>();
        Yaml.parse("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {n: '1'}\ndata: {n: '2'}\n".getBytes(StandardCharsets.UTF_8), told::add);
        assertEquals(List.of("line 5: key \"data\" already set in map"), told);
    }

    @Test
    void documentsAreSplitAndEmptyOnesLeftOut() {
        assertEquals(List.of(json("{'a':1}"), json("{'b':2}")), Yaml.parseAll("a: 1\n---\n---\n# nothing\n---\nb: 2\n"));
    }

    @Test
    void anchorsMergeAndRepeat() {
        assertEquals(json("{'base':{'a':1,'b':2},'one':{'b':3,'a':1},'two':{'a':1,'b':2}}"),
                Yaml.parse("base: &b {a: 1, b: 2}\none: {<<: *b, b: 3}\ntwo: *b\n"));
    }

    @Test
    void aSmallTextDoesNotBecomeAHugeTree() {
        var laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; i++) laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9) + "*a" + (i - 1)));
        assertEquals("yaml: document contains excessive aliasing", assertThrows(JsonException.class,
                () -> Yaml.parse(laughs.toString())).getMessage());
    }

    @Test
    void whatIsNotYamlIsToldWithItsLine() {
        var message = assertThrows(JsonException.class, () -> Yaml.parse("a: b\nc: d: e\n")).getMessage();
        assertEquals("yaml: line 2: mapping values are not allowed here", message);
    }

    @Test
    void blockStyleWithSortedMembers() {
        assertEquals("a: 1\nb:\n- x: \"yes\"\n  \"y\": {}\n- []\nc: |\n  one\n  two\nd: \"\"\n",
                Yaml.write(json("{'d':'','b':[{'y':{},'x':'yes'},[]],'a':1,'c':'one\\ntwo\\n'}")));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void whatIsWrittenIsReadBack(long seed) {
        var trees = new RandomTrees(new Random(seed));
        for (var type : Catalog.builtIn().types(GroupVersion.CORE)) {
            var tree = trees.tree(type);
            assertEquals(tree, Yaml.parse(Yaml.write(tree)), () -> "seed " + seed + " " + type);
        }
    }

    @ParameterizedTest
    @CsvSource({"'- a'", "'a: b'", "'a #b'", "' a'", "'a '", "'*a'", "'&a'", "'!x'", "'%'", "'@'", "'`'", "'{}'", "'[a'", "'|'", "'>'",
        "'null'", "'0x1'", "'1e5'",
        "'---'", "'?'", "'a:'", "'#'", "'12:30'", "'='", "'<<'", "','", "'~'", "'a,b'", "'.5'", "'+1'", "'\\n'", "'é'", "'on'"})
    void awkwardTextIsQuotedAsNeeded(String text) {
        var tree = JsonObject.of("k", text, "list", List.of(text), text, "v", "multi", text + "\n" + text, "end", "x\n\n");
        assertEquals(tree, Yaml.parse(Yaml.write(tree)), () -> Yaml.write(tree));
    }
}
