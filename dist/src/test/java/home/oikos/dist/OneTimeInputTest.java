package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.Yaml;
import home.oikos.client.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A OneTimePassword, and a command that needs one, that make no sense are refused when they are written.
class OneTimeInputTest extends InputContract {
    private static final Resource MODELS = Resource.clusterScoped(HomeKinds.GROUP_VERSION, "devicemodels", "DeviceModel");
    private static final String CODES = """
            apiVersion: oikos.home/v1alpha1
            kind: OneTimePassword
            metadata: {name: codes, namespace: home}
            spec: {type: Hotp, algorithm: SHA256, digits: 8, periodSeconds: 60, lookAheadSteps: 5, lockAfterFailures: 5}
            """;
    private static final String LOCK = """
            apiVersion: oikos.home/v1alpha1
            kind: DeviceModel
            metadata: {name: lock}
            spec:
              properties: [{name: locked, type: Boolean, writable: true}, {name: bolt, type: Enum, values: [In, Out]}]
              commands: [{name: open, property: locked, value: false, holdSeconds: 8}]
            """;

    @Test
    void whatMakesSenseIsTaken() {
        home.admin.create(OneTime.ONE_TIME_PASSWORDS, Yaml.parse(CODES));
        assertEquals(8, home.admin.create(MODELS, Yaml.parse(LOCK.replace(", holdSeconds: 8", ""))).at("spec", "commands").at(0).at("holdSeconds").integer(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "type: Hotp        | type: Sms           | type",
        "SHA256            | MD5                 | algorithm",
        "digits: 8         | digits: 5           | digits",
        "digits: 8         | digits: 9           | digits",
        "periodSeconds: 60 | periodSeconds: 0    | periodSeconds",
        "lookAheadSteps: 5 | lookAheadSteps: -1  | lookAheadSteps",
        "lookAheadSteps: 5 | lookAheadSteps: 101 | lookAheadSteps",
        "Failures: 5       | Failures: 0         | lockAfterFailures"})
    void aOneTimePasswordThatCannotBeIsRefused(String good, String bad, String word) {
        assertRefused(OneTime.ONE_TIME_PASSWORDS, CODES, "codes", good, bad, word);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "property: locked, | property: ajar,     | writable and a Boolean or an Enum",
        "property: locked, | property: bolt,     | writable and a Boolean or an Enum",
        "type: Boolean     | type: Number        | writable and a Boolean or an Enum",
        "holdSeconds: 8    | holdSeconds: 0      | holdSeconds",
        "name: open        | name: Open Sesame   | name",
        "value: false,     |                     | value"})
    void aCommandThatCannotBeIsRefused(String good, String bad, String word) {
        assertRefused(MODELS, LOCK, "lock", good, bad == null ? "" : bad, word);
    }

    @Test
    void aCounterIsNeverNegative() {
        var made = home.admin.create(OneTime.ONE_TIME_PASSWORDS, Yaml.parse(CODES.replace("name: codes", "name: negative"))).object();
        for (var counted : new String[] {"counter", "failures"}) {
            var refused = assertThrows(ApiException.class, () -> home.admin.updateStatus(OneTime.ONE_TIME_PASSWORDS, made.with("status",
                    JsonObject.of(counted, -1))));
            assertEquals(422, refused.code(), refused.getMessage());
        }
    }
}
