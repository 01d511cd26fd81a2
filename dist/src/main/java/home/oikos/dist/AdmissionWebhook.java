package home.oikos.dist;

import home.oikos.api.JsonObject;
import home.oikos.client.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// How an API server is told to ask the interlocks before it stores a write.
final class AdmissionWebhook {
    private static final String API_VERSION = "admissionregistration.k8s.io/v1";
    static final Resource RESOURCE = Resource.clusterScoped(API_VERSION, "validatingwebhookconfigurations", "ValidatingWebhookConfiguration");
    /// Longer than the gateway takes to say that it does not know.
    private static final int TIMEOUT_SECONDS = 10;

    private AdmissionWebhook() { }

    /// @param caPem who signed the certificate at that address
    static JsonObject of(String url, String caPem) {
        var bundle = Base64.getEncoder().encodeToString(caPem.getBytes(StandardCharsets.US_ASCII));
        var rule = JsonObject.of("apiGroups", List.of("oikos.home"), "apiVersions", List.of("v1alpha1"), "operations", List.of("CREATE", "UPDATE"),
                "resources", List.of("devices", "interlocks", "reactions"), "scope", "Namespaced");
        // Fail: while nobody can say whether a device may be set so, it may not.
        var webhook = JsonObject.of("name", "interlocks.oikos.home", "clientConfig", JsonObject.of("url", url, "caBundle", bundle),
                "rules", List.of(rule), "failurePolicy", "Fail", "sideEffects", "None", "admissionReviewVersions", List.of("v1"),
                "timeoutSeconds", TIMEOUT_SECONDS);
        return JsonObject.of("apiVersion", API_VERSION, "kind", RESOURCE.kind(), "metadata", JsonObject.of("name", ClusterHome.NAME),
                "webhooks", List.of(webhook));
    }
}
