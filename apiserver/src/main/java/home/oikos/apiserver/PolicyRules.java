package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import home.oikos.apiserver.PolicyCompiler.Names;
import home.oikos.cel.CelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What is special about ValidatingAdmissionPolicies: their expressions must compile.
final class PolicyRules extends PlainRules {
    private static final Set<String> UNTYPED = Set.of("dyn", "any", "null_type");

    private final PolicyCompiler compiler = new PolicyCompiler();

    PolicyRules(ResourceDefinition definition) {
        super(definition, true);
    }

    @Override
    public JsonObject defaulted(JsonObject object) {
        return AdmissionDefaults.policy(super.defaulted(object));
    }

    @Override
    public List<FieldError> validate(JsonObject object) {
        var errors = new ArrayList<>(super.validate(object));
        var spec = object.at("spec");
        if (spec.at("matchConstraints").isNull()) errors.add(FieldError.required("spec.matchConstraints"));
        else if (spec.at("matchConstraints", "resourceRules").array().isEmpty()) {
            errors.add(FieldError.required("spec.matchConstraints.resourceRules"));
        }
        expressions(spec, errors);
        return errors;
    }

    private void expressions(Json spec, List<FieldError> errors) {
        var check = new ExpressionCheck(compiler, names(spec), errors);
        check.each(spec.at("matchConditions"), "spec.matchConditions", "expression", "bool");
        check.each(spec.at("variables"), "spec.variables", "expression", "");
        if (spec.at("validations").array().isEmpty() && spec.at("auditAnnotations").array().isEmpty()) {
            for (var list : List.of("validations", "auditAnnotations")) {
                errors.add(FieldError.required("spec." + list, "validations or auditAnnotations must contain at least one item"));
            }
        }
        check.each(spec.at("validations"), "spec.validations", "expression", "bool");
        check.each(spec.at("validations"), "spec.validations", "messageExpression", "string");
        check.each(spec.at("auditAnnotations"), "spec.auditAnnotations", "valueExpression", "string");
    }

    private static Names[] names(Json spec) {
        var names = new ArrayList<Names>();
        if (spec.at("paramKind").isPresent()) names.add(Names.PARAMS);
        if (!spec.at("variables").array().isEmpty()) names.add(Names.VARIABLES);
        return names.toArray(Names[]::new);
    }

    private record ExpressionCheck(PolicyCompiler compiler, Names[] names, List<FieldError> errors) {
        /// @param type what an expression must have as its value; empty for anything
        void each(Json list, String path, String member, String type) {
            for (int i = 0; i < list.array().size(); i++) {
                var text = list.at(i).at(member).text("");
                if (!text.isBlank()) expression(text, path + "[" + i + "]." + member, type);
                else if (!member.equals("messageExpression")) errors.add(FieldError.required(path + "[" + i + "]." + member));
            }
        }

        private void expression(String text, String field, String type) {
            try {
                var found = compiler.compile(text, names).type();
                if (!type.isEmpty() && !found.equals(type) && !UNTYPED.contains(found)) {
                    errors.add(FieldError.invalid(field, text, "must evaluate to %s but got %s".formatted(type, found)));
                }
            } catch (CelException wrong) {
                errors.add(FieldError.invalid(field, text, "compilation failed: " + wrong.report()));
            }
        }
    }
}
