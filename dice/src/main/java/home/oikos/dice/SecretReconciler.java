package home.oikos.dice;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Reference;
import home.oikos.controller.Times;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// Fills the Secrets that ask for it by `oikos.home/generate`, once, and again on the schedule of `oikos.home/rotate`. A key that somebody has
/// filled by hand is left alone until a rotation.
final class SecretReconciler implements Reconciler {
    private final ApiClient client;
    private final SecureRandom random;
    private final EventRecorder events;
    private final Clock clock;

    SecretReconciler(ApiClient client, SecureRandom random, EventRecorder events, Clock clock) {
        this.client = client;
        this.random = random;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var object = client.find(Resources.SECRETS, key).orElse(null);
        var secret = object == null ? null : GeneratedSecret.of(object);
        if (secret == null) return Outcome.SETTLED;
        try {
            return fill(object, secret, clock.instant());
        } catch (IllegalArgumentException wrong) {
            events.warning(about(secret), "InvalidRecipe", wrong.getMessage());
            return Outcome.SETTLED;
        }
    }

    private Outcome fill(Json object, GeneratedSecret secret, Instant now) {
        var recipes = Recipe.read(secret.generate());
        var due = secret.due();
        boolean rotates = due.isPresent() && !due.get().isAfter(now);
        var wanted = rotates ? recipes : recipes.stream().filter(recipe -> !secret.keys().contains(recipe.key())).toList();
        if (!wanted.isEmpty()) {
            write(object, wanted, now);
            events.normal(about(secret), rotates ? "Rotated" : "Generated",
                    rotates ? "made anew, as its schedule says" : "made from the home's random numbers");
        }
        return due.isEmpty() ? Outcome.SETTLED : Outcome.checkAt(rotates ? now.plusSeconds(1) : due.get(), now);
    }

    /// Only if it is still as it was read: two of us never fill it one after the other.
    private void write(Json object, List<Recipe> recipes, Instant now) {
        var data = JsonObject.EMPTY;
        for (var recipe : recipes) data = data.with(recipe.key(), encoded(recipe.make(random)));
        var metadata = JsonObject.of("resourceVersion", object.at("metadata", "resourceVersion"),
                "annotations", JsonObject.of(GeneratedSecret.ROTATED, Times.text(now)));
        client.patch(Resources.SECRETS, ObjectKey.of(object), Patch.merge("metadata", metadata, "data", data));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Reference about(GeneratedSecret secret) {
        return new Reference(Resources.SECRETS, secret.key(), secret.uid());
    }
}
