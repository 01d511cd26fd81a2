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
import java.util.List;

/// Does steps, and takes them back, with the rights of an [Actor] and under its field manager. Public for the rooms of wonders, whose rules
/// take the same steps.
public final class Hands {
    private final ApiClient client;
    private final EventRecorder events;
    private final ResourceMap resources;

    public Hands(ApiClient client, EventRecorder events, ResourceMap resources) {
        this.client = client;
        this.events = events;
        this.resources = resources;
    }

    /// What a step would change: read before it is done.
    /// @param index the step's place, by which its undo is found again
    public List<Undo> undo(Actor actor, int index, Step step) {
        return switch (step) {
            case Step.Set(var device, var desired) -> undo(actor, index, Kinds.DEVICES, device, spec(desired));
            case Step.Patch(var target, var fields) -> undo(actor, index, resource(target), target.key(), fields);
            case Step.Scale(var target, var replicas) -> undo(actor, index, resource(target), target.key(),
                    JsonObject.of("spec", JsonObject.of("replicas", replicas)));
            case Step.Job _, Step.Notify _, Step.Unreadable _ -> List.of();
        };
    }

    private List<Undo> undo(Actor actor, int index, Resource resource, ObjectKey key, JsonObject fields) {
        return Undo.of(index, actor.client(client).get(resource, key), fields);
    }

    /// @param jobName the same for the same action, so that a step done again after a restart makes no second Job
    public void act(Actor actor, Step step, String jobName) {
        switch (step) {
            case Step.Set(var device, var desired) -> apply(actor, Kinds.DEVICES, device, spec(desired));
            case Step.Patch(var target, var fields) -> apply(actor, resource(target), target.key(), fields);
            case Step.Scale(var target, var replicas) -> actor.client(client).scale(resource(target), target.key(), replicas);
            case Step.Job(var template) -> job(actor, jobName, template);
            case Step.Notify(var warning, var message) -> story(actor, warning, "Notify", message);
            case Step.Unreadable(var why) -> throw new ApiException(Reason.INVALID, why);
        }
    }

    /// Apply would make an object that is not there: its uid says that we mean the one that is.
    private void apply(Actor actor, Resource resource, ObjectKey key, JsonObject fields) {
        var acting = actor.client(client);
        var there = acting.get(resource, key);
        var metadata = JsonObject.of("name", key.name(), "namespace", resource.namespaced() ? key.namespace() : null,
                "uid", there.at("metadata", "uid").text(null));
        acting.apply(resource,
                JsonObject.of("apiVersion", resource.apiVersion(), "kind", resource.kind(), "metadata", metadata).withAll(fields), true);
    }

    private void job(Actor actor, String name, JsonObject template) {
        var about = actor.about();
        var owner = about.controllerReference().without("blockOwnerDeletion");
        var metadata = template.at("metadata").object().with("name", name).with("namespace", about.key().namespace())
                .with("ownerReferences", JsonArray.of(owner));
        try {
            actor.client(client).create(Resources.JOBS,
                    JsonObject.of("apiVersion", "batch/v1", "kind", "Job", "metadata", metadata, "spec", template.at("spec")));
        } catch (ApiException there) {
            if (there.code() != 409) throw there;
        }
    }

    void story(Actor actor, boolean warning, String reason, String message) {
        if (warning) events.warning(actor.about(), reason, message);
        else events.normal(actor.about(), reason, message);
    }

    /// Puts a field back if nobody else has set it since.
    /// @param step the one that changed it
    /// @return whether it is as it was before
    public boolean takeBack(Actor actor, Step step, Undo undo) {
        return switch (step) {
            case Step.Set(var device, _) -> takeBack(actor, Kinds.DEVICES, device, undo);
            case Step.Patch(var target, _) -> takeBack(actor, resource(target), target.key(), undo);
            case Step.Scale(var target, _) -> takeBackScale(actor, target, undo);
            case Step.Job _, Step.Notify _, Step.Unreadable _ -> false;
        };
    }

    private boolean takeBack(Actor actor, Resource resource, ObjectKey key, Undo undo) {
        var acting = actor.client(client);
        var object = acting.find(resource, key).orElse(Json.NULL);
        // Somebody who was killed before it could say so has put it back already.
        if (undo.isBack(object)) return true;
        if (!undo.isOurs(object, actor.fieldManager())) return false;
        acting.patch(resource, key, new Patch.Merge(undo.patch()));
        return true;
    }

    private boolean takeBackScale(Actor actor, TargetRef target, Undo undo) {
        var acting = actor.client(client);
        var resource = resource(target);
        int found = acting.scale(resource, target.key());
        if (found == undo.before().integer(1)) return true;
        if (found != undo.after().integer(-1)) return false;
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
