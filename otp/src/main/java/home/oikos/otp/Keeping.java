package home.oikos.otp;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Where secrets and ledgers are kept: a Secret, sealed in the store, and the OneTimePassword's status.
final class Keeping {
    static final String SECRET_TYPE = "oikos.home/one-time-password";
    /// Each lost race is somebody else's progress, and there are three steps of it: accepted, wrong, blocked.
    private static final int TRIES_MAX = 16;

    private final ApiClient client;

    /// What is shared with the phone, and what with the paper.
    record Content(byte[] key, List<String> recovery) { }

    static final Content NONE = new Content(new byte[] {0}, List.of());

    /// One look at it and, where its ledger changed, one write.
    interface Turn<T extends Remembered> {
        T take(OneTimePassword spec, Ledger ledger);
    }

    /// Something that is told only when its ledger is on disk.
    interface Remembered {
        Ledger ledger();
    }

    Keeping(ApiClient client) {
        this.client = client;
    }

    /// Only if it is still as it was read; otherwise it is judged anew.
    <T extends Remembered> T change(ObjectKey key, Turn<T> turn) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            var object = client.get(OneTimePassword.RESOURCE, key);
            var spec = OneTimePassword.read(object);
            var ledger = Ledger.read(object.at("status"));
            var taken = turn.take(spec, ledger);
            if (taken.ledger().equals(ledger) || written(object, taken.ledger().status(spec.lockAfter()))) return taken;
        }
        throw new ApiException(Reason.TOO_MANY_REQUESTS, "too many ask for %s at once; try again", key.name());
    }

    private boolean written(Json object, JsonObject status) {
        try {
            client.updateStatus(OneTimePassword.RESOURCE, object.object().with("status", status));
            return true;
        } catch (ApiException raced) {
            if (raced.reason() != Reason.CONFLICT) throw raced;
            return false;
        }
    }

    Content content(OneTimePassword spec) {
        var secret = client.find(Resources.SECRETS, spec.secret()).orElseThrow(() -> new ApiException(Reason.SERVICE_UNAVAILABLE,
                "the Secret %s of %s is gone; make another: %s --anew", spec.secret().name(), spec.key().name(), spec.enrolment()));
        return new Content(Base32.decode(text(secret, "secret")), text(secret, "recovery").lines().toList());
    }

    private static String text(Json secret, String key) {
        return new String(Base64.getDecoder().decode(secret.at("data", key).text("")), StandardCharsets.UTF_8);
    }

    void keep(OneTimePassword spec, String secret, List<String> recovery) {
        var owner = JsonObject.of("apiVersion", OneTimePassword.RESOURCE.apiVersion(), "kind", "OneTimePassword", "name", spec.key().name(), "uid", spec.uid());
        var metadata = JsonObject.of("name", spec.secret().name(), "namespace", spec.secret().namespace(), "ownerReferences", List.of(owner));
        client.apply(Resources.SECRETS, JsonObject.of("apiVersion", "v1", "kind", "Secret", "type", SECRET_TYPE, "metadata", metadata, "data",
                JsonObject.of("secret", encoded(secret), "recovery", encoded(String.join("\n", recovery)))), true);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
