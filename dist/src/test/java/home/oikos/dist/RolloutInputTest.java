package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.Yaml;
import home.oikos.client.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A rollout that makes no sense is refused by the API server itself when it is written, and says what was expected.
class RolloutInputTest extends InputContract {
    private static final Resource ROLLOUTS = Resource.namespaced(HomeKinds.GROUP_VERSION, "firmwarerollouts", "FirmwareRollout");
    private static final String GOOD = """
            apiVersion: oikos.home/v1alpha1
            kind: FirmwareRollout
            metadata: {name: freezers, namespace: home}
            spec:
              firmwareName: freezer-3
              soakSeconds: 60
              batch: 2
              onFailure: Pause
              disruptionBudgets:
              - {name: never-two, selector: {matchLabels: {kind: freezer}}}
              gates:
              - {name: closed, expression: "!self.door"}
              - {name: cold, expression: "self.temperature < -16.0"}
            """;

    @Test
    void oneThatMakesSenseIsTakenAndCompleted() {
        var spec = home.admin.create(ROLLOUTS, Yaml.parse(GOOD)).at("spec");
        assertEquals(1, spec.at("canaries").integer(0));
        assertEquals(1, spec.at("maxUnavailable").integer(0));
        assertEquals(3600, spec.at("progressDeadlineSeconds").integer(0));
        assertEquals("automation", spec.at("serviceAccountName").text(""));
        assertEquals(1, spec.at("disruptionBudgets").at(0).at("maxUnavailable").integer(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "soakSeconds: 60           | soakSeconds: -1           | soakSeconds",
        "batch: 2                  | batch: 0                  | batch",
        "batch: 2                  | canaries: -1              | canaries",
        "batch: 2                  | maxUnavailable: 0         | maxUnavailable",
        "batch: 2                  | batch: 10 %               | batch",
        "onFailure: Pause          | onFailure: Panic          | onFailure",
        "firmwareName: freezer-3   | firmwareName: \"\"        | firmwareName",
        "name: cold                | name: closed              | Duplicate",
        "\"!self.door\"            | \"\"                      | expression"})
    void whatMakesNoSenseIsRefusedInWords(String good, String bad, String word) {
        assertRefused(ROLLOUTS, GOOD, "freezers", good, bad, word);
    }
}
