package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApiStatusTest {
    private static final GroupVersionResource DEPLOYMENTS = new GroupVersionResource("apps", "v1", "deployments");

    @Test
    void notFoundNamesResourceAndGroup() {
        assertEquals(Json.parse("""
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"deployments.apps \\"web\\" not found",
                "reason":"NotFound","details":{"name":"web","group":"apps","kind":"deployments"},"code":404}"""),
                ApiStatus.notFound(DEPLOYMENTS, "web").toJson());
    }

    @Test
    void severalInvalidFieldsAreListedInBracketsAndAsCauses() {
        var status = ApiStatus.invalid(new GroupVersionKind("", "v1", "ConfigMap"), "a", List.of(
                FieldError.required("metadata.name", "name or generateName is required"), FieldError.invalid("data.k", -1,
                        "must be positive")));
        assertEquals("ConfigMap \"a\" is invalid: [metadata.name: Required value: name or generateName is required, "
                + "data.k: Invalid value: -1: must be positive]", status.message());
        assertEquals("FieldValueRequired", status.toJson().at("details", "causes").at(0).at("reason").text(""));
        assertEquals("Invalid value: -1: must be positive", status.toJson().at("details", "causes").at(1).at("message").text(""));
    }

    @Test
    void anErrorToldTwiceStandsOnceInTheMessageButTwiceInTheCauses() {
        var error = FieldError.forbidden("metadata.finalizers", "no");
        var status = ApiStatus.invalid(new GroupVersionKind("", "v1", "Pod"), "p", List.of(error, error));
        assertEquals("Pod \"p\" is invalid: metadata.finalizers: Forbidden: no", status.message());
        assertEquals(2, status.toJson().at("details", "causes").array().size());
    }

    @Test
    void emptyDetailsAreKeptApartFromNone() {
        assertTrue(ApiStatus.methodNotAllowed().toJson().has("details"));
        assertFalse(ApiStatus.badRequest("no").toJson().has("details"));
    }

    @Test
    void aStatusReadBackIsTheSame() {
        for (var status : List.of(ApiStatus.modified(DEPLOYMENTS, "a%sb"), ApiStatus.internalError("x"), ApiStatus.tooManyRequests("busy",
                1),
                ApiStatus.failure(Reason.UNKNOWN, "odd"), ApiStatus.deleted(DEPLOYMENTS, "a", "u"))) {
            assertEquals(status, ApiStatus.of(Json.parse(status.toJson().bytes())));
        }
    }

    @Test
    void valuesAreShownAsGoWritesThem() {
        assertEquals("r: Invalid value: {\"rule\":\"a \\u003e 1\"}: no", FieldError.invalid("r", JsonObject.of("rule", "a > 1"),
                "no").toString());
        assertEquals("r: Invalid value: \"a > 1\": no", FieldError.invalid("r", "a > 1", "no").toString());
    }

    @Test
    void supportedValuesAreQuoted() {
        assertEquals("spec.type: Unsupported value: \"X\": supported values: \"A\", \"B\"",
                FieldError.notSupported("spec.type", "X", List.of("A", "B")).toString());
    }
}
