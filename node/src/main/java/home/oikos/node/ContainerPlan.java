package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The configuration of one run of a container, as CRI wants it. Pure.
/// @param environment of [EnvironmentPlan]
/// @param mounts in CRI's shape, of [MountPlan]
/// @param target the container whose processes it sees too, by ID
/// @param machineBytes the machine's memory
record ContainerPlan(SandboxPlan sandbox, ContainerSpec spec, Map<String, String> environment, List<JsonObject> mounts,
        Optional<String> target, long machineBytes) {
    static final String CONTAINER_NAME = "io.kubernetes.container.name";
    /// What a run was given at its start, as JSON: what its pod asks for may change while it runs.
    static final String RESOURCES = "oikos.home/resources";

    /// @param image what runs, by the ID that pulling found
    /// @param imageUser what the image itself runs as
    JsonObject config(int attempt, int restartsInARow, String image, String imageUser) throws ConfigurationException {
        var json = spec.json();
        return JsonObject.of("metadata", JsonObject.of("name", spec.name(), "attempt", attempt),
                "image", JsonObject.of("image", image), "command", expanded(json.at("command")), "args", expanded(json.at("args")),
                "working_dir", json.at("workingDir").text(""), "envs", variables(), "mounts", mounts,
                "labels", SandboxPlan.labels(PodIdentity.of(sandbox.pod())).with(CONTAINER_NAME, spec.name()),
                "annotations", JsonObject.of(RestartBackOff.ANNOTATION, Integer.toString(restartsInARow), RESOURCES,
                        spec.amounts().json().toString()),
                "log_path", spec.name() + "/" + attempt + ".log", "stdin", json.at("stdin").bool(false),
                "stdin_once", json.at("stdinOnce").bool(false), "tty", json.at("tty").bool(false),
                "linux", JsonObject.of("resources", resources(), "security_context", new SecurityPlan(sandbox, spec, target).context(imageUser)));
    }

    private JsonArray expanded(Json words) {
        return words.array().map(word -> Json.of(VariableExpansion.expand(word.text(""), environment)));
    }

    private List<JsonObject> variables() {
        var variables = new ArrayList<JsonObject>();
        environment.forEach((key, value) -> variables.add(JsonObject.of("key", key, "value", value)));
        return variables;
    }

    private JsonObject resources() {
        return spec.amounts().forRuntime(QosClass.of(sandbox.pod()), machineBytes);
    }
}
