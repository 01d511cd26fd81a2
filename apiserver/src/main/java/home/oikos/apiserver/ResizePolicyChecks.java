package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.util.HashSet;

/// Validation of what containers say of changes to their CPU and memory: `resizePolicy`.
/// @param restartPolicy of the pod
record ResizePolicyChecks(String restartPolicy, FieldErrors errors) {
    static void check(Json spec, String path, FieldErrors errors) {
        var checks = new ResizePolicyChecks(spec.at("restartPolicy").text("Always"), errors);
        FieldErrors.each(spec.at("containers"), path + ".containers", checks::container);
        FieldErrors.each(spec.at("initContainers"), path + ".initContainers", checks::initContainer);
    }

    private void container(Json container, String path) {
        var seen = new HashSet<String>();
        FieldErrors.each(container.at("resizePolicy"), path + ".resizePolicy", (policy, at) -> {
            var resource = policy.at("resourceName").text("");
            if (!seen.add(resource)) errors.add(FieldError.duplicate(at, resource));
            errors.supported(policy.at("resourceName"), path + ".resizePolicy", "cpu", "memory");
            errors.supported(policy.at("restartPolicy"), path + ".resizePolicy", "NotRequired", "RestartContainer");
            if (restartPolicy.equals("Never") && restarts(policy)) errors.invalid(path + ".resizePolicy", "RestartContainer",
                    "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
        });
    }

    private void initContainer(Json container, String path) {
        container(container, path);
        if (container.at("restartPolicy").text("").equals("Always")) return;
        FieldErrors.each(container.at("resizePolicy"), path + ".resizePolicy", (policy, at) -> {
            if (restarts(policy)) errors.invalid(at + ".restartPolicy", "RestartContainer",
                    "must not be set to 'RestartContainer' for non-sidecar initContainers");
        });
    }

    private static boolean restarts(Json policy) {
        return policy.at("restartPolicy").text("").equals("RestartContainer");
    }
}
