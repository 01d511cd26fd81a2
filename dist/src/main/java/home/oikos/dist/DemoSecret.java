package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.broker.Account;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/// Something secret that a part of the demo home needs, as its owner would make it: an account at the broker, a device's token.
///
/// @param field what is drawn at random
/// @param more what stands beside it
record DemoSecret(ObjectKey key, String type, String field, JsonObject more) {
    private static final int SECRET_BYTES = 18;

    /// An account at the broker, whose user is called as the Secret.
    /// @param topics what it may publish and read, one a line
    static DemoSecret account(ObjectKey key, String topics) {
        return new DemoSecret(key, Account.SECRET_TYPE, "password", JsonObject.of("user", key.name(), "topics", topics));
    }

    /// Makes it unless it is there.
    /// @return what was drawn
    String ensure(ApiClient client, SecureRandom random) {
        var secret = client.find(Resources.SECRETS, key).orElseGet(() -> create(client, random));
        return new String(Base64.getDecoder().decode(secret.at("data", field).text("")), StandardCharsets.UTF_8);
    }

    private Json create(ApiClient client, SecureRandom random) {
        if (client.find(Resources.NAMESPACES, new ObjectKey("", key.namespace())).isEmpty()) {
            client.create(Resources.NAMESPACES, JsonObject.of("apiVersion", "v1", "kind", "Namespace", "metadata", JsonObject.of("name", key.namespace())));
        }
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return client.create(Resources.SECRETS, JsonObject.of("apiVersion", "v1", "kind", "Secret",
                "metadata", JsonObject.of("name", key.name(), "namespace", key.namespace()), "type", type,
                "stringData", more.with(field, Json.of(Base64.getUrlEncoder().encodeToString(bytes)))));
    }
}
