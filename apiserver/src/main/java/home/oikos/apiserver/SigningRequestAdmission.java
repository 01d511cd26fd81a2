package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.pki.SigningRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/// Who asks for a certificate is written down by the server; who approves or signs needs the right to do so for that signer; and nobody
/// becomes a member of `system:masters` by asking.
final class SigningRequestAdmission implements AdmissionPlugin {
    private static final String RESOURCE = "certificatesigningrequests.certificates.k8s.io";
    private static final String CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";

    private final Authorizer authorizer;
    private final Clock clock;

    SigningRequestAdmission(Authorizer authorizer, Clock clock) {
        this.authorizer = authorizer;
        this.clock = clock;
    }

    private static boolean concerns(Admission admission) {
        return admission.operation() != Operation.DELETE
                && admission.resource().definition().groupVersionResource().qualified().equals(RESOURCE);
    }

    @Override
    public JsonObject mutate(Admission admission, JsonObject object) {
        if (!concerns(admission)) return object;
        if (admission.operation() == Operation.CREATE) return object.with("spec", asked(object.at("spec").object(), admission.user()));
        return object.at("status", "conditions").isPresent() ? dated(object, admission.old()) : object;
    }

    private static JsonObject asked(JsonObject spec, User user) {
        var who = spec.without("uid").without("extra").with("username", Json.of(user.name())).with("groups", Json.of(user.groups()));
        if (!user.uid().isEmpty()) who = who.with("uid", Json.of(user.uid()));
        return user.extra().isEmpty() ? who : who.with("extra", Json.of(user.extra()));
    }

    /// A condition has the time when it was told, and that of its last change.
    private JsonObject dated(JsonObject object, JsonObject old) {
        var now = Json.of(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return object.withAt(object.at("status", "conditions").array().map(condition -> {
            var dated = condition.object();
            if (!dated.has("lastUpdateTime")) dated = dated.with("lastUpdateTime", now);
            if (dated.has("lastTransitionTime")) return dated;
            var same = old.at("status", "conditions").array().stream().filter(before -> before.at("type").equals(condition.at("type"))
                    && before.at("status").equals(condition.at("status"))).findFirst();
            return dated.with("lastTransitionTime", same.map(before -> before.at("lastTransitionTime")).filter(Json::isPresent).orElse(now));
        }), "status", "conditions");
    }

    @Override
    public void validate(Admission admission, JsonObject object) {
        if (!concerns(admission)) return;
        var signer = (admission.old() == null ? object : admission.old()).at("spec", "signerName").text("");
        switch (admission.subresource()) {
            case "approval" -> demand(admission, "approve", signer);
            case "status" -> {
                if (!object.at("status", "certificate").equals(admission.old().at("status", "certificate"))) demand(admission, "sign", signer);
            }
            default -> {
                if (admission.operation() == Operation.CREATE && signer.equals(CLIENT_SIGNER)) refuseMasters(admission, object);
            }
        }
    }

    private void demand(Admission admission, String verb, String signer) {
        for (var name : new String[] {signer, signer.replaceFirst("/.*", "/*")}) {
            var call = new ApiCall(true, verb, "", "certificates.k8s.io", "v1", "", "signers", "", name);
            if (authorizer.allows(admission.user(), call)) return;
        }
        throw refused(admission, "user not permitted to %s requests with signerName \"%s\"".formatted(verb, signer));
    }

    private static void refuseMasters(Admission admission, JsonObject object) {
        try {
            var request = SigningRequest.read(new String(Base64.getDecoder().decode(object.at("spec", "request").text("")), StandardCharsets.UTF_8));
            if (request.subject().groups().contains(RbacAuthorizer.MASTERS)) {
                throw refused(admission, "use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed");
            }
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            // Its own rules say so.
        }
    }

    private static ApiException refused(Admission admission, String why) {
        return new ApiException(ApiStatus.forbidden(admission.resource().definition().groupVersionResource(), admission.name(), why));
    }
}
