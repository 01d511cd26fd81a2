package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.Optional;

/// What a container may do, as CRI wants it: the pod's `securityContext` with the container's own over it. Pure.
/// @param target the container whose processes it sees too, by ID
record SecurityPlan(SandboxPlan sandbox, ContainerSpec spec, Optional<String> target) {
    private static final int RUNTIME_DEFAULT = 0;
    private static final int UNCONFINED = 1;
    private static final int LOCALHOST = 2;
    private static final List<String> MASKED = List.of("/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
            "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap");
    private static final List<String> READ_ONLY = List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    /// @param imageUser a number, a name or empty
    JsonObject context(String imageUser) throws ConfigurationException {
        var own = spec.json().at("securityContext");
        var pod = sandbox.pod().at("spec", "securityContext");
        var user = first(own, pod, "runAsUser");
        checkNonRoot(first(own, pod, "runAsNonRoot").bool(false), user, imageUser);
        // Who asks for it relies on it: running without would be worse than not running.
        if (!sandbox.pod().at("spec", "hostUsers").bool(true)) throw refused("hostUsers: false asks for a user namespace, which this node cannot make");
        boolean privileged = own.at("privileged").bool(false);
        boolean unmasked = privileged || own.at("procMount").text("").equals("Unmasked");
        return JsonObject.of("capabilities", JsonObject.of("add_capabilities", names(own.at("capabilities", "add")),
                        "drop_capabilities", names(own.at("capabilities", "drop"))), "privileged", privileged,
                "namespace_options", namespaces(), "run_as_user", number(user),
                "run_as_username", user.isNull() ? named(imageUser) : null, "run_as_group", number(group(own, pod, user)),
                "readonly_rootfs", own.at("readOnlyRootFilesystem").bool(false), "supplemental_groups", SandboxPlan.groups(pod),
                "no_new_privs", !own.at("allowPrivilegeEscalation").bool(true),
                "masked_paths", unmasked ? List.of() : MASKED, "readonly_paths", unmasked ? List.of() : READ_ONLY,
                "seccomp", privileged ? profile(UNCONFINED, "") : seccomp(first(own, pod, "seccompProfile")),
                "apparmor", apparmor(first(own, pod, "appArmorProfile"), privileged));
    }

    private JsonObject namespaces() {
        return target.map(id -> sandbox.namespaces().with("pid", SandboxPlan.TARGET).with("target_id", id))
                .orElseGet(sandbox::namespaces);
    }

    private static Json first(Json own, Json pod, String name) {
        return own.at(name).isPresent() ? own.at(name) : pod.at(name);
    }

    /// A group without a user is refused by CRI; the image's user then counts as root's number.
    private static Json group(Json own, Json pod, Json user) {
        return user.isPresent() ? first(own, pod, "runAsGroup") : Json.NULL;
    }

    private void checkNonRoot(boolean wanted, Json user, String imageUser) throws ConfigurationException {
        if (!wanted || user.integer(0L) != 0) return;
        if (user.isPresent()) throw refused("container's runAsUser breaks non-root policy");
        if (imageUser.isEmpty() || imageUser.equals("0")) throw refused("container has runAsNonRoot and image will run as root");
        if (!imageUser.chars().allMatch(Character::isDigit)) {
            throw refused("container has runAsNonRoot and image has non-numeric user (" + imageUser + "), cannot verify user is non-root");
        }
    }

    private ConfigurationException refused(String why) {
        return new ConfigurationException(why + " (pod: \"" + PodIdentity.of(sandbox.pod()) + "\", container: " + spec.name() + ")");
    }

    private static JsonObject number(Json value) {
        return value.isNull() ? null : JsonObject.of("value", value);
    }

    /// A name is looked up in the image by the runtime, a number is what CRI takes by itself.
    private static String named(String imageUser) {
        return imageUser.isEmpty() || imageUser.chars().allMatch(Character::isDigit) ? null : imageUser;
    }

    private static JsonArray names(Json capabilities) {
        return capabilities.array();
    }

    private static JsonObject seccomp(Json wanted) {
        return switch (wanted.at("type").text("RuntimeDefault")) {
            case "Unconfined" -> profile(UNCONFINED, "");
            case "Localhost" -> profile(LOCALHOST, wanted.at("localhostProfile").text(""));
            default -> profile(RUNTIME_DEFAULT, "");
        };
    }

    /// Without a wish the runtime uses its own profile where the machine has AppArmor; asking for one where there is none is an error.
    private static JsonObject apparmor(Json wanted, boolean privileged) {
        return switch (wanted.at("type").text("")) {
            case "Unconfined" -> profile(UNCONFINED, "");
            case "Localhost" -> privileged ? null : profile(LOCALHOST, wanted.at("localhostProfile").text(""));
            default -> null;
        };
    }

    private static JsonObject profile(int type, String reference) {
        return JsonObject.of("profile_type", type, "localhost_ref", reference.isEmpty() ? null : reference);
    }
}
