package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.regex.Pattern;

/// One of a schema's `x-kubernetes-validations`, as text.
/// @param reason how the error is classed: FieldValueInvalid and its like
/// @param fieldPath where the error is told, below the node, in the notation of `.spec.x`; empty for the node itself
/// @param optionalOldSelf whether the rule also runs where there is no old value
record CelRule(String rule, String message, String messageExpression, String reason, String fieldPath, boolean optionalOldSelf) {
    private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

    /// Whether it compares with what was.
    boolean readsOldSelf() {
        return OLD_SELF.matcher(rule).find();
    }

    /// Its message, or itself.
    String told() {
        return message.isEmpty() ? "failed rule: " + rule.strip() : message;
    }

    /// As Go prints its own struct, which escapes what HTML would misread.
    JsonObject shown() {
        return JsonObject.of("Rule", rule, "Message", message, "MessageExpression", messageExpression,
                "Reason", reason.equals("FieldValueInvalid") ? Json.NULL : reason,
                "FieldPath", fieldPath, "OptionalOldSelf", optionalOldSelf ? true : Json.NULL);
    }

    static List<CelRule> of(JsonObject schema) {
        return schema.at("x-kubernetes-validations").array().stream().map(r -> of(r.object(), r.at("rule").text(""))).toList();
    }

    private static CelRule of(JsonObject rule, String text) {
        return new CelRule(text, rule.at("message").text(""), rule.at("messageExpression").text(""), rule.at("reason").text("FieldValueInvalid"),
                rule.at("fieldPath").text(""), rule.at("optionalOldSelf").bool(false));
    }
}
