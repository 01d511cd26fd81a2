package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.util.HashMap;
import java.util.Set;

/// Validation of label selectors in their structured form.
final class SelectorChecks {
    private static final Set<String> WITH_VALUES = Set.of("In", "NotIn");
    private static final Set<String> WITHOUT_VALUES = Set.of("Exists", "DoesNotExist");

    private SelectorChecks() { }

    static void check(Json selector, String path, FieldErrors errors) {
        errors.forget(path);
        errors.labels(selector.at("matchLabels"), path + ".matchLabels");
        FieldErrors.each(selector.at("matchExpressions"), path + ".matchExpressions", (e, at) -> requirement(e, at, errors));
    }

    private static void requirement(Json requirement, String path, FieldErrors errors) {
        var operator = requirement.at("operator").text("");
        var values = requirement.at("values");
        if (WITH_VALUES.contains(operator)) {
            if (values.array().isEmpty()) errors.add(FieldError.required(path + ".values",
                    "must be specified when `operator` is 'In' or 'NotIn'"));
        } else if (WITHOUT_VALUES.contains(operator)) {
            if (!values.array().isEmpty()) errors.add(FieldError.forbidden(path + ".values",
                    "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
        } else errors.invalid(path + ".operator", operator, "not a valid selector operator");
        var key = requirement.at("key").text("");
        errors.invalid(path + ".key", key, LabelSyntax.keyError(key));
        FieldErrors.each(values, path + ".values", (value, at) -> errors.invalid(at, value, LabelSyntax.valueError(value.text(""))));
    }

    /// Whether a selector can be asked at all.
    static boolean isUsable(Json selector) {
        var labels = selector.at("matchLabels").object().members().entrySet().stream()
                .allMatch(l -> LabelSyntax.keyError(l.getKey()) == null && LabelSyntax.valueError(l.getValue().text("")) == null);
        return labels && selector.at("matchExpressions").array().stream().allMatch(SelectorChecks::isUsableRequirement);
    }

    private static boolean isUsableRequirement(Json requirement) {
        var operator = requirement.at("operator").text("");
        var values = requirement.at("values").array();
        if (LabelSyntax.keyError(requirement.at("key").text("")) != null) return false;
        if (values.stream().anyMatch(v -> LabelSyntax.valueError(v.text("")) != null)) return false;
        return values.isEmpty() ? WITHOUT_VALUES.contains(operator) : WITH_VALUES.contains(operator);
    }

    static boolean isEmpty(Json selector) {
        return selector.at("matchLabels").object().isEmpty() && selector.at("matchExpressions").array().isEmpty();
    }

    /// Whether labels are chosen; what is absent chooses nothing, what is empty everything.
    static boolean matches(Json selector, Json labels) {
        if (selector.isNull()) return false;
        var given = new HashMap<String, String>();
        labels.object().members().forEach((name, value) -> given.put(name, value.text("")));
        return LabelSelector.of(selector).matches(given);
    }
}
