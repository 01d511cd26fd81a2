package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.api.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RbacRuleTest {
    private static RbacRule rule(String verbs, String groups, String resources, String names) {
        return new RbacRule(List.of(verbs.split(" ")), List.of(groups.split(" ")), List.of(resources.split(" ")), names.isEmpty()
                ? List.of() : List.of(names.split(" ")), List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // held: verbs, groups, resources, names; asked: the same; covered
        "get list | apps | deployments      |     | get  | apps | deployments       |   | true",
        "*        | *    | *                |     | x    | y    | z/w               |   | true",
        "get      | apps | deployments      |     | list | apps | deployments       |   | false",
        "get      | apps | deployments      |     | *    | apps | deployments       |   | false",
        "get      | apps | deployments      |     | get  | *    | deployments       |   | false",
        "get      | apps | deployments      |     | get  | apps | *                 |   | false",
        "get      | apps | */scale          |     | get  | apps | deployments/scale |   | true",
        "get      | apps | deployments      |     | get  | apps | deployments/scale |   | false",
        "get      | apps | deployments      | a   | get  | apps | deployments       |   | false",
        "get      | apps | deployments      | a b | get  | apps | deployments       | a | true",
        "get      | apps | deployments      | a   | get  | apps | deployments       | b | false",
        "get      | apps | deployments      |     | get  | apps | deployments       | b | true"})
    void holdingCoversNoMoreThanItSays(String verbs, String groups, String resources, String names, String verb, String group,
            String resource, String name, boolean covered) {
        var held = rule(verbs, groups, resources, names == null ? "" : names);
        assertEquals(covered, held.coversAll(rule(verb, group, resource, name == null ? "" : name)));
    }

    @Test
    void breakdownSaysTheSameInTheSmallestRules() {
        var whole = rule("get list", "apps batch", "jobs", "a b");
        var parts = whole.breakdown();
        assertEquals(8, parts.size());
        assertTrue(parts.stream().allMatch(whole::coversAll));
        assertTrue(parts.stream().noneMatch(part -> part.coversAll(whole)));
    }

    @Test
    void compactFormIsUpstreams() {
        assertEquals("{APIGroups:[\"\" \"apps\"], Resources:[\"pods\"], ResourceNames:[\"a\"], Verbs:[\"get\" \"list\"]}",
                new RbacRule(List.of("get", "list"), List.of("", "apps"), List.of("pods"), List.of("a"), List.of()).compact());
    }

    @Test
    void jsonFormIsReadBack() {
        var json = Json.parse("{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"resourceNames\":[\"a\"]}");
        assertEquals(json, RbacRule.of(json).json());
        assertEquals(new RbacRule(List.of(), List.of(), List.of(), List.of(), List.of()),
                RbacRule.of(Json.parse("{\"verbs\":\"get\",\"resources\":[1,null]}")), "nonsense grants nothing");
    }
}
