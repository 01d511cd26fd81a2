package home.oikos.workloads;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Fills Secrets that ask for a ServiceAccount's token, and takes them away with their account. The token is bound to its Secret: deleting the
/// Secret ends it. Source: Kubernetes, "Manually create a long-lived API token for a ServiceAccount".
final class TokenSecretReconciler implements Reconciler {
    /// The longest that a token can be asked for, 136 years: it ends with its Secret.
    private static final long EXPIRATION_SECONDS = 1L << 32;

    private final ApiClient client;
    private final Cache<TokenSecret> secrets;
    private final String caPem;

    TokenSecretReconciler(Workshop workshop, Cache<TokenSecret> secrets, String caPem) {
        this.client = workshop.client().fieldManager("tokens-controller");
        this.secrets = secrets;
        this.caPem = caPem;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = secrets.get(key).filter(secret -> !secret.metadata().deleting());
        if (found.isEmpty()) return Outcome.SETTLED;
        var secret = found.get();
        // Asked afresh: a cache that has not heard yet of a new account must not cost its Secret.
        var uid = client.find(Resources.SERVICE_ACCOUNTS, secret.account()).map(account -> account.at("metadata", "uid").text("")).orElse("");
        boolean orphaned = uid.isEmpty() || !secret.accountUid().isEmpty() && !secret.accountUid().equals(uid);
        if (orphaned) client.deleteIfPresent(Resources.SECRETS, key, DeleteOptions.ofUid(secret.metadata().uid()));
        else if (!secret.filled() || secret.accountUid().isEmpty()) fill(secret, uid);
        return Outcome.SETTLED;
    }

    private void fill(TokenSecret secret, String accountUid) {
        var key = secret.metadata().key();
        var bound = JsonObject.of("apiVersion", "v1", "kind", "Secret", "name", key.name(), "uid", secret.metadata().uid());
        var answer = client.post(Resources.SERVICE_ACCOUNTS, secret.account(), "token", JsonObject.of("apiVersion", "authentication.k8s.io/v1",
                "kind", "TokenRequest", "spec", JsonObject.of("expirationSeconds", EXPIRATION_SECONDS, "boundObjectRef", bound)));
        var data = JsonObject.of("ca.crt", base64(caPem), "namespace", base64(key.namespace()), "token", base64(answer.at("status", "token").text("")));
        client.patch(Resources.SECRETS, key, Patch.merge("data", data, "metadata", JsonObject.of("uid", secret.metadata().uid(),
                "annotations", JsonObject.of(TokenSecret.ACCOUNT_UID, accountUid))));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
