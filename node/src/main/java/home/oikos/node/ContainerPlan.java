package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.Quantity;
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
    static final long CPU_PERIOD_MICROS = 100_000;

    /// @param image what runs, by the ID that pulling found
    /// @param imageUser what the image itself runs as
    JsonObject config(int attempt, int restartsInARow, String image, String imageUser) throws ConfigurationException {
        var json = spec.json();
        return JsonObject.of("metadata", JsonObject.of("name", spec.name(), "attempt", attempt),
                "image", JsonObject.of("image", image), "command", expanded(json.at("command")), "args", expanded(json.at("args")),
                "working_dir", json.at("workingDir").text(""), "envs", variables(), "mounts", mounts,
                "labels", SandboxPlan.labels(PodIdentity.of(sandbox.pod())).with(CONTAINER_NAME, spec.name()),
                "annotations", JsonObject.of(RestartBackOff.ANNOTATION, Integer.toString(restartsInARow)),
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
        var limits = spec.json().at("resources", "limits");
        var requests = spec.json().at("resources", "requests");
        long memory = amount(limits.at("memory")).roundedUp();
        long cpu = amount(limits.at("cpu")).milli();
        long share = requests.at("cpu").isPresent() ? amount(requests.at("cpu")).milli() : cpu;
        long request = requests.at("memory").isPresent() ? amount(requests.at("memory")).roundedUp() : memory;
        return JsonObject.of("cpu_period", cpu > 0 ? CPU_PERIOD_MICROS : null, "cpu_quota", cpu > 0 ? Math.max(1_000,
                cpu * CPU_PERIOD_MICROS / 1_000) : null,
                "cpu_shares", Math.clamp(share * 1_024 / 1_000, 2, 262_144), "memory_limit_in_bytes", memory > 0 ? memory : null,
                "oom_score_adj", QosClass.of(sandbox.pod()).oomScore(request, machineBytes));
    }

    private static Quantity amount(Json json) {
        return Quantity.of(json).orElse(Quantity.ZERO);
    }
}
