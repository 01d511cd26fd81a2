package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import java.util.ArrayList;
import java.util.List;

/// Finds the pod and the container that a request to a node means.
final class PodTargets {
    private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

    private final Reader reader;

    PodTargets(Reader reader) {
        this.reader = reader;
    }

    JsonObject pod(Resource resource, ApiCall call) {
        return ObjectBytes.tree(reader.entry(resource, call));
    }

    static PodTarget target(JsonObject pod) {
        var metadata = pod.at("metadata");
        return new PodTarget(metadata.at("namespace").text(""), metadata.at("name").text(""), metadata.at("uid").text(""),
                pod.at("spec", "nodeName").text(""));
    }

    /// A pod that has not been placed cannot be reached.
    static PodTarget placed(JsonObject pod) {
        var target = target(pod);
        if (target.nodeName().isEmpty()) throw new ApiException(Reason.BAD_REQUEST, "pod %s does not have a host assigned", target.name());
        return target;
    }

    /// @param asked empty for the pod's only container, or the one that it says is meant
    static String container(JsonObject pod, String asked) {
        var name = pod.at("metadata", "name").text("");
        var all = names(pod);
        if (!asked.isEmpty()) {
            if (!all.contains(asked)) throw new ApiException(Reason.BAD_REQUEST, "container %s is not valid for pod %s", asked, name);
            return asked;
        }
        var main = pod.at("spec", "containers").array();
        if (main.size() == 1) return main.at(0).at("name").text("");
        var chosen = pod.at("metadata", "annotations", DEFAULT_CONTAINER).text("");
        if (all.contains(chosen)) return chosen;
        throw new ApiException(Reason.BAD_REQUEST, "a container name must be specified for pod %s, choose one of: [%s]", name,
                String.join(" ", main.stream().map(c -> c.at("name").text("")).toList()));
    }

    private static List<String> names(JsonObject pod) {
        var names = new ArrayList<String>();
        for (var list : List.of("containers", "initContainers", "ephemeralContainers")) {
            for (Json container : pod.at("spec", list).array()) names.add(container.at("name").text(""));
        }
        return names;
    }
}
