package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import home.oikos.cel.CelException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is special about the configurations of webhooks: each must say where it is, what it may do, and in which version it speaks.
final class WebhookRules extends PlainRules {
    private static final int TIMEOUT_SECONDS_MAX = 30;

    private final boolean mutating;
    private final PolicyCompiler compiler = new PolicyCompiler();

    private WebhookRules(ResourceDefinition definition, boolean mutating) {
        super(definition, true);
        this.mutating = mutating;
    }

    static WebhookRules mutating(ResourceDefinition definition) {
        return new WebhookRules(definition, true);
    }

    static WebhookRules validating(ResourceDefinition definition) {
        return new WebhookRules(definition, false);
    }

    @Override
    public JsonObject defaulted(JsonObject object) {
        return AdmissionDefaults.webhooks(super.defaulted(object), mutating);
    }

    @Override
    public List<FieldError> validate(JsonObject object) {
        var errors = new ArrayList<>(super.validate(object));
        var names = new HashSet<String>();
        var webhooks = object.at("webhooks").array();
        for (int i = 0; i < webhooks.size(); i++) {
            var name = webhooks.at(i).at("name").text("");
            if (!names.add(name)) errors.add(FieldError.duplicate("webhooks[" + i + "].name", name));
            webhook(webhooks.at(i), "webhooks[" + i + "]", errors);
        }
        return errors;
    }

    private void webhook(Json webhook, String path, List<FieldError> errors) {
        var versions = webhook.at("admissionReviewVersions");
        if (!versions.array().isEmpty() && versions.array().stream().noneMatch(v -> v.text("").equals("v1"))) {
            errors.add(FieldError.invalid(path + ".admissionReviewVersions", versions, "must include at least one of v1, v1beta1"));
        }
        var effects = webhook.at("sideEffects");
        if (effects.isPresent() && !Set.of("None", "NoneOnDryRun").contains(effects.text(""))) {
            errors.add(FieldError.notSupported(path + ".sideEffects", effects.text(""), List.of("None", "NoneOnDryRun")));
        }
        var timeout = webhook.at("timeoutSeconds").integer(0);
        if (timeout < 1 || timeout > TIMEOUT_SECONDS_MAX) errors.add(FieldError.invalid(path + ".timeoutSeconds", timeout,
                "the timeout value must be between 1 and 30 seconds"));
        client(webhook.at("clientConfig"), path + ".clientConfig", errors);
        conditions(webhook.at("matchConditions"), path + ".matchConditions", errors);
    }

    private static void client(Json client, String path, List<FieldError> errors) {
        var url = client.at("url").text("");
        if (url.isEmpty() == client.at("service").isNull()) errors.add(FieldError.required(path, "exactly one of url or service is required"));
        else if (!url.isEmpty() && !url.startsWith("https://")) errors.add(FieldError.invalid(path + ".url", url, "'https' is the only allowed URL scheme"));
    }

    private void conditions(Json conditions, String path, List<FieldError> errors) {
        for (int i = 0; i < conditions.array().size(); i++) {
            var text = conditions.at(i).at("expression").text("");
            try {
                compiler.compile(text);
            } catch (CelException wrong) {
                errors.add(FieldError.invalid(path + "[" + i + "].expression", text, "compilation failed: " + wrong.report()));
            }
        }
    }
}
