package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaValidatorTest {
    private static final ObjectSchema SERVICE = Catalog.builtIn().type(GroupVersion.CORE.kind("Service")).orElseThrow();

    private static Decoded service(String spec) {
        return ObjectDecoder.decode(Json.parse("{\"spec\":" + spec.replace('\'', '"') + "}"), SERVICE);
    }

    @Test
    void missingAndUnsupportedValuesAreToldWithTheirPath() {
        var pod = Catalog.builtIn().type(GroupVersion.CORE.kind("Pod")).orElseThrow();
        var decoded = ObjectDecoder.decode(Json.parse("{\"spec\":{\"containers\":[{\"image\":\"i\",\"imagePullPolicy\":\"Maybe\"}]}}"),
                pod);
        assertEquals(List.of("spec.containers[0].imagePullPolicy: Unsupported value: \"Maybe\": supported values: \"Always\", "
                + "\"IfNotPresent\", \"Never\"", "spec.containers[0].name: Required value"),
                SchemaValidator.validate(decoded.object(), pod).stream().map(FieldError::toString).toList());
        var without = ObjectDecoder.decode(Json.parse("{\"spec\":{}}"), pod);
        assertEquals(List.of(FieldError.required("spec.containers")), SchemaValidator.validate(without.object(), pod));
    }

    @Test
    void defaultsFillInInsideLists() {
        var ports = SchemaDefaults.apply(service("{'ports':[{'port':80},{'port':53,'protocol':'UDP'}]}").object(), SERVICE).at("spec",
                "ports");
        assertEquals("TCP", ports.at(0).at("protocol").text(""));
        assertEquals("UDP", ports.at(1).at("protocol").text(""));
    }

    @Test
    void anObjectWithNothingToDefaultIsTheSameInstance() {
        var complete = service("{'ports':[{'port':53,'protocol':'UDP'}]}").object();
        assertSame(complete, SchemaDefaults.apply(complete, SERVICE));
    }
}
