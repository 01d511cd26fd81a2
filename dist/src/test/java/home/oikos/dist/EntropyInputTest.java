package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An EntropySource that makes no sense is refused by the API server itself when it is written, and says what was expected.
class EntropyInputTest extends InputContract {
    private static final String GOOD = """
            apiVersion: oikos.home/v1alpha1
            kind: EntropySource
            metadata: {name: dice, namespace: home}
            spec:
              source: {tcp: {host: 127.0.0.1, port: 7624}}
              format: Bits
              sampleBits: 1
              minEntropy: "0.8"
              alphaExponent: 30
            """;

    @Test
    void oneThatMakesSenseIsTakenAndCompleted() {
        var made = home.admin.create(Entropy.SOURCES, Yaml.parse(GOOD.replace("  format: Bits\n", "").replace("  sampleBits: 1\n", "")));
        assertEquals("Bytes", made.at("spec", "format").text(""));
        assertEquals(1, made.at("spec", "sampleBits").integer(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"0.8\"          | \"0\"                    | at least 0.1",
        "\"0.8\"          | \"0.05\"                 | at least 0.1",
        "\"0.8\"          | \"1.5\"                  | at most sampleBits",
        "\"0.8\"          | \"-0.8\"                 | minEntropy",
        "\"0.8\"          | \"NaN\"                  | minEntropy",
        "\"0.8\"          | 0.8                      | minEntropy",
        "sampleBits: 1    | sampleBits: 8            | a sample has 1 bit",
        "sampleBits: 1    | sampleBits: 9            | sampleBits",
        "sampleBits: 1    | sampleBits: 0            | sampleBits",
        "format: Bits     | format: Hex              | format",
        "alphaExponent: 30 | alphaExponent: 10       | alphaExponent",
        "{tcp: {host: 127.0.0.1, port: 7624}} | {}   | source",
        "{tcp: {host: 127.0.0.1, port: 7624}} | {tcp: {host: a, port: 1}, infnoise: {}} | source",
        "{tcp: {host: 127.0.0.1, port: 7624}} | {device: {path: /dev/sda}} | path",
        "{tcp: {host: 127.0.0.1, port: 7624}} | {device: {path: /dev/serial/by-id/../../sda}} | path",
        "port: 7624       | port: 70000              | port"})
    void whatMakesNoSenseIsRefusedInWords(String good, String bad, String word) {
        assertRefused(Entropy.SOURCES, GOOD, "dice", good, bad, word);
    }
}
