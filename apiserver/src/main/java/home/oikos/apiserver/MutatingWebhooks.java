package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.DecodeException;
import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonPatch;
import home.oikos.api.PatchException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Lets webhooks change what is written, one after another (MutatingAdmissionWebhook). One that asks for it is called a second time when a
/// later one has changed the object after it.
final class MutatingWebhooks implements AdmissionPlugin {
    private final WebhookCaller caller;

    MutatingWebhooks(WebhookCaller caller) {
        this.caller = caller;
    }

    @Override
    public JsonObject mutate(Admission admission, JsonObject object) {
        var webhooks = caller.all(admission, "mutatingwebhookconfigurations");
        if (webhooks.isEmpty()) return object;
        var again = new LinkedHashSet<Webhook>();
        var changed = round(webhooks, admission, object, again);
        return again.isEmpty() ? changed : round(List.copyOf(again), admission, changed, new LinkedHashSet<>());
    }

    /// @param overtaken gets those that have seen an object that was changed after them and want to see it again
    private JsonObject round(List<Webhook> webhooks, Admission admission, JsonObject object, Set<Webhook> overtaken) {
        var current = object;
        var asked = new LinkedHashSet<Webhook>();
        for (var webhook : webhooks) {
            var before = current;
            current = caller.ask(webhook, admission, before).map(allowed -> patched(webhook, admission, before, allowed)).orElse(before);
            if (!current.equals(before)) asked.stream().filter(Webhook::isReinvoked).forEach(overtaken::add);
            asked.add(webhook);
        }
        return current;
    }

    private static JsonObject patched(Webhook webhook, Admission admission, JsonObject object, WebhookCaller.Allowed allowed) {
        var patch = allowed.response().at("patch").text("");
        if (patch.isEmpty() || admission.operation() == Operation.DELETE) return object;
        try {
            var shown = allowed.shown();
            var operations = JsonPatch.of(Json.parse(Base64.getMimeDecoder().decode(patch)));
            var changed = operations.apply(AdmissionRequest.as(shown, object, admission)).object();
            var typed = Decoder.typed(changed, BodyKind.of(shown), List.of(), _ -> { });
            return identified(back(typed, shown, admission.resource()), object);
        } catch (PatchException | JsonException | DecodeException | IllegalArgumentException wrong) {
            if (webhook.ignoresFailure()) return object;
            throw new ApiException(ApiStatus.internalError("admission webhook \"%s\" sent a patch that cannot be applied: %s".formatted(
                    webhook.name(), wrong.getMessage())));
        }
    }

    private static JsonObject back(JsonObject object, Resource shown, Resource asked) {
        if (shown.kind().equals(asked.kind())) return object;
        return asked.rules().served(shown.rules().stored(object, shown), asked);
    }

    /// Which object it is no webhook decides.
    private static JsonObject identified(JsonObject changed, JsonObject object) {
        var kept = changed;
        for (var member : List.of("name", "namespace", "uid", "resourceVersion")) {
            var value = object.at("metadata", member);
            kept = value.isNull() ? kept.withoutAt("metadata", member) : kept.withAt(value, "metadata", member);
        }
        return kept;
    }
}
