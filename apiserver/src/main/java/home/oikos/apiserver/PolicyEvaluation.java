package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonBoolean;
import home.oikos.api.JsonString;
import home.oikos.apiserver.PolicyCompiler.Names;
import home.oikos.cel.CelException;
import home.oikos.cel.CelProgram;
import home.oikos.cel.TypedValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One ValidatingAdmissionPolicy asked about one write with one set of parameters. Used by the thread of its request.
final class PolicyEvaluation {
    private static final Pattern ABSENT = Pattern.compile("key '(.+)' is not present in map\\.");

    private final PolicyCompiler compiler;
    private final Json policy;
    private final Map<String, Object> values = new HashMap<>();

    /// Something that the policy holds against a write.
    /// @param index of the validation; -1 for the policy as a whole
    record Violation(int index, String message, String reason) { }

    /// @param seen object, oldObject, request and namespaceObject
    /// @param params null where the policy has none
    PolicyEvaluation(PolicyCompiler compiler, Json policy, Map<String, Json> seen, Json params) {
        this.compiler = compiler;
        this.policy = policy;
        seen.forEach((name, value) -> values.put(name, TypedValues.of(value, null)));
        values.put("params", TypedValues.of(params == null ? Json.NULL : params, null));
        values.put("variables", new PolicyVariables(policy.at("spec", "variables"), text -> program(text).value(values)));
    }

    private CelProgram program(String text) {
        return compiler.compile(text, Names.PARAMS, Names.VARIABLES);
    }

    private boolean ignoresFailure() {
        return policy.at("spec", "failurePolicy").text("Fail").equals("Ignore");
    }

    /// Whether the policy's matchConditions all hold. One that fails makes it a matter of the failurePolicy.
    /// @param violations where a failure is told
    boolean isMeant(List<Violation> violations) {
        for (var condition : policy.at("spec", "matchConditions").array()) {
            var text = condition.at("expression").text("");
            try {
                if (!program(text).evaluate(values).bool(false)) return false;
            } catch (CelException failed) {
                if (!ignoresFailure()) violations.add(failure(-1, text, failed));
                return false;
            }
        }
        return true;
    }

    List<Violation> violations() {
        var violations = new ArrayList<Violation>();
        var validations = policy.at("spec", "validations").array();
        for (int i = 0; i < validations.size(); i++) {
            var validation = validations.at(i);
            var text = validation.at("expression").text("");
            try {
                if (program(text).evaluate(values) instanceof JsonBoolean(var holds) && holds) continue;
                violations.add(new Violation(i, message(validation), validation.at("reason").text("Invalid")));
            } catch (CelException failed) {
                if (!ignoresFailure()) violations.add(failure(i, text, failed));
            }
        }
        return violations;
    }

    private static Violation failure(int index, String text, CelException failed) {
        return new Violation(index, "expression '%s' resulted in error: %s".formatted(text.strip(), told(failed)), "Invalid");
    }

    /// In the words that people know from Kubernetes.
    private static String told(CelException failed) {
        return ABSENT.matcher(failed.getMessage()).replaceAll("no such key: $1");
    }

    private String message(Json validation) {
        var computed = validation.at("messageExpression").text("");
        if (!computed.isEmpty()) {
            try {
                var text = program(computed).evaluate(values).text("").strip();
                if (!text.isEmpty() && text.indexOf('\n') < 0) return text;
            } catch (CelException _) {
                // The plain text below says it too.
            }
        }
        return validation.at("message").text().orElseGet(() -> "failed expression: " + validation.at("expression").text("").strip());
    }

    /// What the policy wants noted in the audit log, by key; an expression that is null notes nothing.
    Map<String, String> notes() {
        var notes = new HashMap<String, String>();
        for (var annotation : policy.at("spec", "auditAnnotations").array()) {
            try {
                if (program(annotation.at("valueExpression").text("")).evaluate(values) instanceof JsonString(var text) && !text.isBlank()) {
                    notes.put(policy.at("metadata", "name").text("") + "/" + annotation.at("key").text(""), text.strip());
                }
            } catch (CelException _) {
                // What cannot be worked out is not noted; that the write passes is for the validations to say.
            }
        }
        return notes;
    }
}
