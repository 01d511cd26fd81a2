package home.oikos.apiserver;

import home.oikos.api.Json;

/// Validation of what a pod tolerates.
final class TolerationChecks {
    private TolerationChecks() { }

    static void check(Json tolerations, String path, FieldErrors errors) {
        FieldErrors.each(tolerations, path, (toleration, at) -> toleration(toleration, at, errors));
    }

    private static void toleration(Json toleration, String path, FieldErrors errors) {
        var key = toleration.at("key").text("");
        var operator = toleration.at("operator").text("");
        var value = toleration.at("value").text("");
        var effect = toleration.at("effect");
        if (!key.isEmpty()) errors.invalid(path + ".key", key, LabelSyntax.keyError(key));
        else if (!operator.equals("Exists")) errors.invalid(path + ".operator", operator,
                "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        if (toleration.at("tolerationSeconds").isPresent() && !effect.text("").equals("NoExecute")) {
            errors.invalid(path + ".effect", effect.text(""), "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        if (operator.equals("Exists") && !value.isEmpty()) {
            errors.invalid(path + ".operator", value, "value must be empty when `operator` is 'Exists'");
        } else if (operator.isEmpty() || operator.equals("Equal")) {
            errors.invalid(path + ".operator", value, LabelSyntax.valueError(value));
        }
        if (!operator.isEmpty()) errors.supported(toleration.at("operator"), path + ".operator", "Equal", "Exists");
        errors.supported(effect, path + ".effect", "NoSchedule", "PreferNoSchedule", "NoExecute");
    }
}
