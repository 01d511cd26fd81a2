package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import home.oikos.api.StatusCause;
import home.oikos.apiserver.PolicyEvaluation.Violation;
import home.oikos.apiserver.PolicyParameters.Unconfigured;
import home.oikos.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Asks each ValidatingAdmissionPolicy that a binding applies to a write: deny, warn or note in the audit log. Without bindings nothing of
/// it runs, and CEL is not loaded.
final class PolicyAdmission implements AdmissionPlugin {
    private static final String GROUP = "admissionregistration.k8s.io";
    private static final String BINDINGS = Resource.prefix(GROUP, "validatingadmissionpolicybindings");
    private static final String POLICIES = Resource.prefix(GROUP, "validatingadmissionpolicies");
    private static final String NOTE = "validation.policy.admission.k8s.io/validation_failure";

    private final Store store;
    private final PolicyCompiler compiler;
    private final AdmissionMatch match;
    private final PolicyParameters parameters;

    PolicyAdmission(Store store, Resources resources, PolicyCompiler compiler) {
        this.store = store;
        this.compiler = compiler;
        this.match = new AdmissionMatch(store, resources);
        this.parameters = new PolicyParameters(store, resources);
    }

    /// A policy, the binding that applies it, and what it holds against the write.
    private record Finding(JsonObject policy, JsonObject binding, Violation violation) {
        boolean asks(String action) {
            return binding.at("spec", "validationActions").array().stream().anyMatch(a -> a.text("").equals(action));
        }

        /// `ValidatingAdmissionPolicy 'p' with binding 'b'`
        String named() {
            return "ValidatingAdmissionPolicy '%s' with binding '%s'".formatted(name(policy), name(binding));
        }
    }

    private static String name(Json object) {
        return object.at("metadata", "name").text("");
    }

    @Override
    public void validate(Admission admission, JsonObject object) {
        var bindings = new ArrayList<JsonObject>();
        store.snapshot().range(BINDINGS, BINDINGS, entry -> bindings.add(ObjectBytes.tree(entry)));
        if (bindings.isEmpty() || AdmissionMatch.isExempt(admission)) return;
        var findings = new ArrayList<Finding>();
        for (var binding : bindings) find(admission, object, binding, findings);
        findings.stream().filter(f -> f.asks("Warn")).forEach(f -> admission.warn().accept("Validation failed for " + f.named() + ": "
                + f.violation.message()));
        note(admission, findings.stream().filter(f -> f.asks("Audit")).toList());
        for (var finding : findings) if (finding.asks("Deny")) throw denied(admission, finding);
    }

    private void find(Admission admission, JsonObject object, JsonObject binding, List<Finding> findings) {
        var policy = store.snapshot().get(POLICIES + binding.at("spec", "policyName").text("")).map(ObjectBytes::tree);
        if (policy.isEmpty()) return;
        var shown = match.match(admission, object, policy.get().at("spec", "matchConstraints"));
        if (shown.isEmpty()) return;
        var narrower = binding.at("spec", "matchResources");
        if (narrower.isPresent() && match.match(admission, object, narrower).isEmpty()) return;
        for (var violation : violations(admission, object, policy.get(), binding, shown.get())) {
            findings.add(new Finding(policy.get(), binding, violation));
        }
    }

    private List<Violation> violations(Admission admission, JsonObject object, JsonObject policy, JsonObject binding, Resource shown) {
        var seen = seen(admission, object, shown);
        var violations = new ArrayList<Violation>();
        try {
            for (var params : parameters.of(policy, binding, admission.namespace())) {
                var evaluation = new PolicyEvaluation(compiler, policy, seen, params);
                if (!evaluation.isMeant(violations)) continue;
                violations.addAll(evaluation.violations());
                evaluation.notes().forEach(admission.annotate());
            }
        } catch (Unconfigured wrong) {
            if (!policy.at("spec", "failurePolicy").text("Fail").equals("Ignore")) violations.add(new Violation(-1, wrong.getMessage(), "Invalid"));
        }
        return violations;
    }

    private Map<String, Json> seen(Admission admission, JsonObject object, Resource shown) {
        var deletes = admission.operation() == Operation.DELETE;
        var namespace = admission.namespace().isEmpty() ? Json.NULL : match.namespace(admission.namespace());
        return Map.of("object", deletes ? Json.NULL : AdmissionRequest.as(shown, object, admission), "oldObject",
                admission.old() == null ? Json.NULL : AdmissionRequest.as(shown, admission.old(), admission), "request",
                AdmissionRequest.facts(admission, shown).with("dryRun", admission.dryRun()), "namespaceObject", namespace);
    }

    private static void note(Admission admission, List<Finding> findings) {
        if (findings.isEmpty()) return;
        var notes = new JsonArray(findings.stream().<Json>map(f -> JsonObject.of("message", f.violation.message(), "policy", name(f.policy),
                "binding", name(f.binding), "expressionIndex", f.violation.index(), "validationActions",
                f.binding.at("spec", "validationActions"))).toList());
        admission.annotate().accept(NOTE, notes.toString());
    }

    private static ApiException denied(Admission admission, Finding finding) {
        var message = finding.named() + " denied request: " + finding.violation.message();
        var forbidden = ApiStatus.forbidden(admission.resource().definition().groupVersionResource(), admission.name(), message);
        var reason = java.util.Arrays.stream(Reason.values()).filter(r -> r.word().equals(finding.violation.reason())).findFirst()
                .orElse(Reason.INVALID);
        var details = forbidden.details().orElseThrow().withCauses(List.of(new StatusCause("", message, "")));
        return new ApiException(ApiStatus.failure(reason, forbidden.message(), details));
    }
}
