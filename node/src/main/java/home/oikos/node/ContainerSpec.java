package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.Quantity;
import java.util.ArrayList;
import java.util.List;

/// One container of a pod as its spec wants it.
record ContainerSpec(Json json, Role role, RestartPolicy podPolicy) {
    /// Init containers run to their end one after another; sidecars are init containers that stay; ephemeral ones are put into a pod that
    /// runs, by `kubectl debug`, and run once.
    enum Role { INIT, SIDECAR, MAIN, EPHEMERAL }

    /// The pod's `restartPolicy`.
    enum RestartPolicy {
        ALWAYS, ON_FAILURE, NEVER;

        static RestartPolicy of(String text) {
            return switch (text) {
                case "OnFailure" -> ON_FAILURE;
                case "Never" -> NEVER;
                default -> ALWAYS;
            };
        }
    }

    /// All containers of a pod, those that start first in front.
    static List<ContainerSpec> all(Json pod) {
        var policy = RestartPolicy.of(pod.at("spec", "restartPolicy").text("Always"));
        var all = new ArrayList<ContainerSpec>();
        for (var init : pod.at("spec", "initContainers").array()) {
            all.add(new ContainerSpec(init, init.at("restartPolicy").text("").equals("Always") ? Role.SIDECAR : Role.INIT, policy));
        }
        for (var main : pod.at("spec", "containers").array()) all.add(new ContainerSpec(main, Role.MAIN, policy));
        for (var guest : pod.at("spec", "ephemeralContainers").array()) all.add(new ContainerSpec(guest, Role.EPHEMERAL, policy));
        return all;
    }

    /// Whether the pod is ready only with it.
    boolean countsAsReady() {
        return role == Role.MAIN || role == Role.SIDECAR;
    }

    String name() {
        return json.at("name").text("");
    }

    Amounts amounts() {
        return Amounts.of(json.at("resources"));
    }

    /// What it asks for of a resource; what it is limited to when it says nothing.
    Quantity requested(String resource) {
        return amounts().requested(resource);
    }

    /// Whether it has to be started anew to have other amounts than it was given.
    boolean restartsToGetFrom(Amounts given) {
        return json.at("resizePolicy").array().stream().filter(policy -> policy.at("restartPolicy").text("").equals("RestartContainer"))
                .anyMatch(policy -> amounts().differs(given, policy.at("resourceName").text("")));
    }

    boolean isInit() {
        return role == Role.INIT;
    }

    /// Whether it runs again after it ended so.
    boolean restartsAfter(int exitCode) {
        return switch (role) {
            case SIDECAR -> true;
            case EPHEMERAL -> false;
            case INIT -> exitCode != 0 && podPolicy != RestartPolicy.NEVER;
            case MAIN -> podPolicy == RestartPolicy.ALWAYS || podPolicy == RestartPolicy.ON_FAILURE && exitCode != 0;
        };
    }
}
