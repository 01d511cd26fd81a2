package home.oikos.home;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Reference;
import java.util.List;

/// Does a reaction's steps, and takes them back, with the rights of its ServiceAccount and under its own field manager.
final class Hands {
    private final ApiClient client;
    private final EventRecorder events;
    private final ResourceMap resources;

    Hands(ApiClient client, EventRecorder events, ResourceMap resources) {
        this.client = client;
        this.events = events;
        this.resources = resources;
    }

    private ApiClient actingFor(Reaction reaction) {
        return client.asServiceAccount(new ObjectKey(reaction.key().namespace(), reaction.serviceAccountName())).fieldManager(reaction.fieldManager());
    }

    /// What a step would change: read before it is done.
    List<Undo> undo(Reaction reaction, int index) {
        return switch (reaction.steps().get(index)) {
            case Step.Set(var device, var desired) -> undo(reaction, index, Kinds.DEVICES, device, spec(desired));
            case Step.Patch(var target, var fields) -> undo(reaction, index, resource(target), target.key(), fields);
            case Step.Scale(var target, var replicas) -> undo(reaction, index, resource(target), target.key(),
                    JsonObject.of("spec", JsonObject.of("replicas", replicas)));
            case Step.Job _, Step.Notify _, Step.Unreadable _ -> List.of();
        };
    }

    private List<Undo> undo(Reaction reaction, int index, Resource resource, ObjectKey key, JsonObject fields) {
        return Undo.of(index, actingFor(reaction).get(resource, key), fields);
    }

    void act(Reaction reaction, int index) {
        switch (reaction.steps().get(index)) {
            case Step.Set(var device, var desired) -> apply(reaction, Kinds.DEVICES, device, spec(desired));
            case Step.Patch(var target, var fields) -> apply(reaction, resource(target), target.key(), fields);
            case Step.Scale(var target, var replicas) -> actingFor(reaction).scale(resource(target), target.key(), replicas);
            case Step.Job(var template) -> job(reaction, index, template);
            case Step.Notify(var warning, var message) -> story(reaction, warning, "Notify", message);
            case Step.Unreadable(var why) -> throw new ApiException(Reason.INVALID, why);
        }
    }

    /// Apply would make an object that is not there: its uid says that we mean the one that is.
    private void apply(Reaction reaction, Resource resource, ObjectKey key, JsonObject fields) {
        var there = actingFor(reaction).get(resource, key);
        var metadata = JsonObject.of("name", key.name(), "namespace", resource.namespaced() ? key.namespace() : null,
                "uid", there.at("metadata", "uid").text(null));
        actingFor(reaction).apply(resource, JsonObject.of("apiVersion", resource.apiVersion(), "kind", resource.kind(), "metadata", metadata)
                .withAll(fields), true);
    }

    /// The name says which action it belongs to, so that a step done again after a restart makes no second Job.
    private void job(Reaction reaction, int index, JsonObject template) {
        var name = "%s-%d-%d".formatted(reaction.key().name(), reaction.state().actions(), index);
        var metadata = template.at("metadata").object().with("name", name).with("namespace", reaction.key().namespace())
                .with("ownerReferences", JsonArray.of(reaction.owner()));
        try {
            actingFor(reaction).create(Resources.JOBS,
                    JsonObject.of("apiVersion", "batch/v1", "kind", "Job", "metadata", metadata, "spec", template.at("spec")));
        } catch (ApiException there) {
            if (there.code() != 409) throw there;
        }
    }

    void story(Reaction reaction, boolean warning, String reason, String message) {
        var about = new Reference(Kinds.REACTIONS, reaction.key(), reaction.uid());
        if (warning) events.warning(about, reason, message);
        else events.normal(about, reason, message);
    }

    /// Puts a field back if nobody else has set it since.
    /// @return whether it did
    boolean takeBack(Reaction reaction, Undo undo) {
        if (undo.step() >= reaction.steps().size()) return false;
        return switch (reaction.steps().get(undo.step())) {
            case Step.Set(var device, _) -> takeBack(reaction, Kinds.DEVICES, device, undo, reaction.fieldManager());
            case Step.Patch(var target, _) -> takeBack(reaction, resource(target), target.key(), undo, reaction.fieldManager());
            case Step.Scale(var target, _) -> takeBackScale(reaction, target, undo);
            case Step.Job _, Step.Notify _, Step.Unreadable _ -> false;
        };
    }

    private boolean takeBack(Reaction reaction, Resource resource, ObjectKey key, Undo undo, String manager) {
        var acting = actingFor(reaction);
        var object = acting.find(resource, key).orElse(Json.NULL);
        if (!undo.isOurs(object, manager)) return false;
        acting.patch(resource, key, new Patch.Merge(undo.patch()));
        return true;
    }

    private boolean takeBackScale(Reaction reaction, TargetRef target, Undo undo) {
        var acting = actingFor(reaction);
        var resource = resource(target);
        if (acting.scale(resource, target.key()) != undo.after().integer(-1)) return false;
        acting.scale(resource, target.key(), undo.before().integer(1));
        return true;
    }

    private Resource resource(TargetRef target) {
        return resources.of(target.apiVersion(), target.kind());
    }

    private static JsonObject spec(JsonObject desired) {
        return JsonObject.of("spec", JsonObject.of("desired", desired));
    }
}
