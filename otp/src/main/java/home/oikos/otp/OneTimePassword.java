package home.oikos.otp;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.Resource;
import java.time.Duration;

/// What a OneTimePassword asks for.
record OneTimePassword(ObjectKey key, String uid, boolean counts, Algorithm algorithm, int digits, Duration period, String issuer, String account,
        ObjectKey secret, int lookAhead, int lockAfter, boolean revoked) {
    static final Resource RESOURCE = Resource.namespaced("oikos.home/v1alpha1", "onetimepasswords", "OneTimePassword");

    /// How a person enrols it at a terminal.
    String enrolment() {
        return "oikos otp enrol " + key.name() + (key.namespace().equals("home") ? "" : " -n " + key.namespace());
    }

    static OneTimePassword read(Json object) {
        var spec = object.at("spec");
        var key = ObjectKey.of(object);
        return new OneTimePassword(key, object.at("metadata", "uid").text(""), spec.at("type").text("Totp").equals("Hotp"),
                Algorithm.valueOf(spec.at("algorithm").text("SHA1")), spec.at("digits").integer(6), Duration.ofSeconds(spec.at("periodSeconds").integer(30)),
                spec.at("issuer").text("Oikos"), spec.at("accountName").text(key.name()),
                new ObjectKey(key.namespace(), key.name() + "-one-time-password"), spec.at("lookAheadSteps").integer(10),
                spec.at("lockAfterFailures").integer(10), spec.at("policy").text("Active").equals("Revoked"));
    }
}
