package home.oikos.workloads;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.Condition;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/// Signs what somebody approved for the signer `kubernetes.io/kube-apiserver-client`, and takes old requests away. It approves nothing. Requests
/// of other signers are left to those. Source: Kubernetes, "Certificates and Certificate Signing Requests".
final class SigningRequestReconciler implements Reconciler {
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final Set<String> USAGES = Set.of("digital signature", "key encipherment", "client auth");
    /// How long a decided request stays to be read, and one that nobody decides.
    private static final Duration KEPT_DECIDED = Duration.ofHours(1);
    private static final Duration KEPT_WAITING = Duration.ofHours(24);

    private final ApiClient client;
    private final Cache<SigningRequest> requests;
    private final CertificateSigner signer;
    private final Clock clock;

    SigningRequestReconciler(Workshop workshop, Cache<SigningRequest> requests, CertificateSigner signer) {
        this.client = workshop.client().fieldManager("certificate-controller");
        this.requests = requests;
        this.signer = signer;
        this.clock = workshop.clock();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = requests.get(key);
        if (found.isEmpty()) return Outcome.SETTLED;
        var request = found.get();
        boolean due = request.approved() && !request.failed() && !request.signed();
        if (due && request.signerName().equals(SigningRequest.CLIENT_SIGNER)) decide(request);
        var now = clock.instant();
        var end = request.decidedTime().map(time -> time.plus(KEPT_DECIDED)).orElse(request.metadata().creationTime().plus(KEPT_WAITING));
        if (now.isBefore(end)) return Outcome.checkAt(end, now);
        client.deleteIfPresent(Resources.CERTIFICATE_SIGNING_REQUESTS, key, DeleteOptions.ofUid(request.metadata().uid()));
        return Outcome.SETTLED;
    }

    private void decide(SigningRequest request) {
        try {
            check(request);
            var certificate = signer.sign(request.request(), request.validity().orElse(VALIDITY));
            tell(request, JsonObject.of("certificate", Base64.getEncoder().encodeToString(certificate.getBytes(StandardCharsets.US_ASCII))));
        } catch (IllegalArgumentException refused) {
            var object = client.get(Resources.CERTIFICATE_SIGNING_REQUESTS, request.metadata().key());
            var failed = Condition.of("Failed", true, "SignerValidationFailed", refused.getMessage());
            tell(request, JsonObject.of("conditions", failed.in(object.at("status", "conditions"), clock.instant())));
        }
    }

    private static void check(SigningRequest request) {
        if (!request.usages().contains("client auth") || !USAGES.containsAll(request.usages())) {
            throw new IllegalArgumentException("expected the usage \"client auth\", and beside it at most \"digital signature\" and \"key encipherment\"");
        }
    }

    private void tell(SigningRequest request, JsonObject status) {
        client.patchStatus(Resources.CERTIFICATE_SIGNING_REQUESTS, request.metadata().key(), Patch.merge("metadata",
                JsonObject.of("uid", request.metadata().uid()), "status", status));
    }
}
