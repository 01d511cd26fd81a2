package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import home.oikos.pki.SigningRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What is special about CertificateSigningRequests: what was asked for never changes; who approves writes conditions, and who signs the
/// certificate, each through a subresource of its own.
final class SigningRequestRules extends PlainRules {
    private static final String LEGACY = "kubernetes.io/legacy-unknown";
    private static final int EXPIRATION_SECONDS_MIN = 600;
    private static final int SIGNER_LENGTH_MAX = 571;
    private static final Set<String> DECISIONS = Set.of("Approved", "Denied");
    /// Once told they stay.
    private static final List<String> LASTING = List.of("Approved", "Denied", "Failed");

    SigningRequestRules(ResourceDefinition definition) {
        super(definition, false);
    }

    @Override
    public JsonObject prepareUpdate(JsonObject object, JsonObject old) {
        return StatusHalf.of(object, old).with("spec", old.at("spec"));
    }

    @Override
    public JsonObject prepareStatus(JsonObject object, JsonObject old) {
        var kept = old.at("status", "conditions").array().stream().filter(SigningRequestRules::isDecision);
        var told = object.at("status", "conditions").array().stream().filter(condition -> !isDecision(condition));
        var conditions = Stream.concat(kept, told).toList();
        var prepared = super.prepareStatus(object, old);
        return conditions.isEmpty() ? prepared : prepared.withAt(new JsonArray(conditions), "status", "conditions");
    }

    @Override
    public JsonObject prepare(String subresource, JsonObject object, JsonObject old) {
        if (!subresource.equals("approval")) return super.prepare(subresource, object, old);
        var status = object.at("status").object();
        var certificate = old.at("status", "certificate");
        return super.prepareStatus(object, old).with("status", certificate.isPresent() ? status.with("certificate", certificate) : status.without(
                "certificate"));
    }

    private static boolean isDecision(Json condition) {
        return DECISIONS.contains(condition.at("type").text(""));
    }

    @Override
    void check(JsonObject object, List<FieldError> errors) {
        var spec = object.at("spec");
        request(spec, errors);
        usages(spec.at("usages").array(), errors);
        signer(spec.at("signerName").text(""), errors);
        var seconds = spec.at("expirationSeconds");
        if (seconds.isPresent() && seconds.integer(0L) < EXPIRATION_SECONDS_MIN) {
            errors.add(FieldError.invalid("spec.expirationSeconds", seconds, "may not specify a duration less than 600 seconds (10 minutes)"));
        }
        conditions(object.at("status", "conditions").array(), errors);
    }

    private static void request(Json spec, List<FieldError> errors) {
        var text = spec.at("request").text("");
        errors.removeIf(error -> error.field().equals("spec.request"));
        try {
            SigningRequest.read(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            errors.add(FieldError.invalid("spec.request", text, wrong.getMessage()));
        }
    }

    private static void usages(JsonArray usages, List<FieldError> errors) {
        if (usages.isEmpty()) errors.add(FieldError.required("spec.usages"));
        var seen = new HashSet<Json>();
        for (int i = 0; i < usages.size(); i++) {
            if (!seen.add(usages.at(i))) errors.add(FieldError.duplicate("spec.usages[" + i + "]", usages.at(i)));
        }
    }

    private static void signer(String name, List<FieldError> errors) {
        var field = "spec.signerName";
        errors.removeIf(error -> error.field().equals(field));
        if (name.isEmpty()) errors.add(FieldError.required(field));
        else if (name.equals(LEGACY)) errors.add(FieldError.invalid(field, name, "the legacy signerName is not allowed via this API version"));
        else signerError(name).forEach(wrong -> errors.add(FieldError.invalid(field, name, wrong)));
        if (name.length() > SIGNER_LENGTH_MAX) errors.add(FieldError.tooLong(field, SIGNER_LENGTH_MAX));
    }

    private static List<String> signerError(String name) {
        var parts = name.split("/", -1);
        if (parts.length != 2) return List.of("must be a fully qualified domain and path of the form 'example.com/signer-name'");
        var wrong = new ArrayList<String>();
        if (NameSyntax.subdomainError(parts[0]) != null) wrong.add(NameSyntax.subdomainError(parts[0]));
        else if (!parts[0].contains(".")) wrong.add("should be a domain with at least two segments separated by dots");
        if (NameSyntax.subdomainError(parts[1]) != null) wrong.add(NameSyntax.subdomainError(parts[1]));
        return wrong;
    }

    private static void conditions(JsonArray conditions, List<FieldError> errors) {
        var seen = new HashSet<String>();
        for (int i = 0; i < conditions.size(); i++) {
            var field = "status.conditions[" + i + "]";
            var type = conditions.at(i).at("type").text("");
            var status = conditions.at(i).at("status");
            if (!seen.add(type)) errors.add(FieldError.duplicate(field + ".type", type));
            if (LASTING.contains(type) && !status.text("").equals("True")) {
                errors.add(FieldError.notSupported(field + ".status", status, List.of("True")));
            }
        }
        if (seen.containsAll(DECISIONS)) {
            errors.add(FieldError.invalid("status.conditions", conditions, "Approved and Denied conditions are mutually exclusive"));
        }
    }

    @Override
    public List<FieldError> validateUpdate(JsonObject object, JsonObject old) {
        var errors = new ArrayList<FieldError>();
        for (var type : LASTING) {
            if (has(old, type) && !has(object, type)) {
                errors.add(FieldError.forbidden("status.conditions", "updates may not remove a condition of type \"" + type + "\""));
            }
        }
        var before = old.at("status", "certificate");
        if (before.isPresent() && !before.equals(object.at("status", "certificate"))) {
            errors.add(FieldError.forbidden("status.certificate", "updates may not set certificate content once it is set"));
        }
        return errors;
    }

    private static boolean has(JsonObject request, String type) {
        return request.at("status", "conditions").array().stream().anyMatch(condition -> condition.at("type").text("").equals(type));
    }
}
