package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.Yaml;
import home.oikos.client.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A batch that makes no sense is refused by the API server itself when it is written, and says what was expected.
class FermentationInputTest extends InputContract {
    private static final Resource FERMENTATIONS = Resource.namespaced(HomeKinds.GROUP_VERSION, "fermentations", "Fermentation");
    private static final String GOOD = """
            apiVersion: oikos.home/v1alpha1
            kind: Fermentation
            metadata: {name: ale, namespace: home}
            spec:
              recipe:
                originalGravity: "1.048"
                finalGravity: "1.012"
                yeast: {minimumCelsius: "17", maximumCelsius: "22"}
              vessel:
                gravity: {deviceName: fermenter}
              profile:
              - {name: primary, type: Hold, celsius: "19"}
              - {name: crash, type: ColdCrash, celsius: "3"}
              onStall:
                steps:
                - {warm: {}}
            """;

    @Test
    void oneThatMakesSenseIsTakenAndCompleted() {
        var made = home.admin.create(FERMENTATIONS, Yaml.parse(GOOD));
        assertEquals(1, made.at("spec", "timeScale").integer(0));
        assertEquals("automation", made.at("spec", "serviceAccountName").text(""));
        assertEquals("gravity", made.at("spec", "vessel", "gravity", "property").text(""));
        assertEquals("1", made.at("spec", "onStall", "steps").at(0).at("warm", "byCelsius").text(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"1.048\"                 | \"12.0\"                  | originalGravity",
        "\"1.048\"                 | \"NaN\"                   | originalGravity",
        "\"1.048\"                 | \"-1.048\"                | originalGravity",
        "\"1.048\"                 | 1.048                     | originalGravity",
        "\"1.012\"                 | \"1.060\"                 | final gravity lies below",
        "maximumCelsius: \"22\"    | maximumCelsius: \"72\"    | Fahrenheit",
        "minimumCelsius: \"17\"    | minimumCelsius: \"23\"    | minimumCelsius",
        "celsius: \"19\"           | celsius: \"30\"           | yeast's limits",
        "celsius: \"3\"            | celsius: \"-9\"           | ColdCrash",
        "name: crash               | name: primary             | Duplicate",
        "{warm: {}}                | {warm: {}, ask: {message: x}} | exactly one",
        "{warm: {}}                | {waitSeconds: 5}          | exactly one",
        "type: Hold                | type: Boil                | type"})
    void whatMakesNoSenseIsRefusedInWords(String good, String bad, String word) {
        assertRefused(FERMENTATIONS, GOOD, "ale", good, bad, word);
    }
}
