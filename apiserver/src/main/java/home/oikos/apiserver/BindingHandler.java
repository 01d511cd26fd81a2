package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.util.List;
import java.util.Optional;

/// `pods/binding`, and `bindings`, its older name: a scheduler's decision.
final class BindingHandler implements SubresourceHandler {
    private static final GroupVersionKind BINDING = GroupVersion.CORE.kind("Binding");

    private final Resources resources;
    private final Registry registry;
    private final Decoder decoder;
    private final Metadata metadata;

    BindingHandler(Resources resources, Registry registry, Decoder decoder, Metadata metadata) {
        this.resources = resources;
        this.registry = registry;
        this.decoder = decoder;
        this.metadata = metadata;
    }

    @Override
    public void handle(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var options = WriteOptions.read(request, "CreateOptions");
        var pods = resources.find(GroupVersion.CORE, "pods").orElseThrow();
        var write = new WriteCall(pods, call.namespace(), call.name(), "binding", WriteHandlers.user(request), options,
                new java.util.ArrayList<>());
        var binding = decoder.read(request, write, BodyKind.builtIn(BINDING));
        var name = binding.at("metadata", "name").text("");
        if (!call.name().isEmpty() && !name.equals(call.name())) throw new ApiException(Reason.BAD_REQUEST,
                "name in URL does not match name in Binding object");
        check(binding);
        registry.update(write.named(name), old -> bound(old, binding, name));
        Answers.status(request, response, created());
    }

    static ApiStatus created() {
        return new ApiStatus(true, "", Reason.UNKNOWN, 201, Optional.empty());
    }

    private static void check(JsonObject binding) {
        var kind = binding.at("target", "kind").text("");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            throw new ApiException(Reason.UNKNOWN, "%s", "target.kind: Unsupported value: \"" + kind
                    + "\": supported values: \"Node\", \"<empty>\"");
        }
        if (binding.at("target", "name").text("").isEmpty()) throw new ApiException(Reason.UNKNOWN, "%s", "target.name: Required value");
    }

    private JsonObject bound(JsonObject pod, JsonObject binding, String name) {
        var node = pod.at("spec", "nodeName").text("");
        if (!node.isEmpty()) throw conflict(name, "pod %s is already assigned to node \"%s\"".formatted(name, node));
        if (Metadata.isBeingDeleted(pod)) throw conflict(name, "pod %s is being deleted, cannot be assigned to a host".formatted(name));
        var bound = pod.withAt(binding.at("target", "name"), "spec", "nodeName").with("metadata", annotated(pod, binding));
        return bound.withAt(withCondition(pod.at("status", "conditions").array()), "status", "conditions");
    }

    private static ApiException conflict(String name, String why) {
        return new ApiException(ApiStatus.conflict(GroupVersion.CORE.resource("pods/binding"), name, why));
    }

    private static JsonObject annotated(JsonObject pod, JsonObject binding) {
        var annotations = pod.at("metadata", "annotations").object().withAll(binding.at("metadata", "annotations").object());
        var changed = Metadata.of(pod).without("resourceVersion");
        return annotations.isEmpty() ? changed : changed.with("annotations", annotations);
    }

    private JsonArray withCondition(JsonArray conditions) {
        var others = conditions.stream().filter(c -> !c.at("type").text("").equals("PodScheduled")).toList();
        var scheduled = JsonObject.of("type", "PodScheduled", "status", "True", "lastProbeTime", Json.NULL, "lastTransitionTime",
                metadata.now().toString());
        return new JsonArray(List.copyOf(others)).with(scheduled);
    }
}
