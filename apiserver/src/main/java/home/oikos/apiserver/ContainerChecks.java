package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.util.HashSet;
import java.util.Set;

/// Validation of the containers of one pod.
/// @param volumes what they may mount
/// @param names   of the containers seen so far
record ContainerChecks(Set<String> volumes, Set<String> names, boolean hostNetwork, FieldErrors errors) {
    private static final int PORT_MAX = 65_535;

    void check(Json containers, String path) {
        if (containers.array().isEmpty()) errors.tell(path);
        FieldErrors.each(containers, path, this::container);
        FieldErrors.each(containers, path, this::image);
    }

    /// One container apart from its image.
    void containerOf(Json container, String path) {
        container(container, path);
        image(container, path);
    }

    private void container(Json container, String path) {
        var name = container.at("name").text("");
        errors.tell(path + ".name");
        if (!name.isEmpty()) errors.invalid(path + ".name", name, NameSyntax.labelError(name));
        if (container.at("image").text("").isEmpty()) errors.add(FieldError.required(path + ".image"));
        errors.tell(path + ".terminationMessagePolicy");
        var portNames = new HashSet<String>();
        FieldErrors.each(container.at("ports"), path + ".ports", (port, at) -> port(port, at, portNames));
        EnvironmentChecks.check(container, path, errors);
        MountChecks.check(container.at("volumeMounts"), path + ".volumeMounts", volumes, errors);
        errors.tell(path + ".imagePullPolicy");
        ResourceChecks.check(container.at("resources"), path + ".resources", errors);
        PodSecurityChecks.container(container.at("securityContext"), path + ".securityContext", errors);
        if (!name.isEmpty() && !names.add(name)) errors.add(FieldError.duplicate(path + ".name", name));
        errors.tell(path + ".lifecycle");
        ProbeChecks.check(container, path, errors);
        errors.tell(path);
    }

    /// Upstream looks at the images last, and hardly.
    private void image(Json container, String path) {
        var image = container.at("image").text("");
        if (!image.strip().equals(image)) errors.invalid(path + ".image", image, "must not have leading or trailing whitespace");
    }

    private void port(Json port, String path, Set<String> portNames) {
        var name = port.at("name").text("");
        if (!name.isEmpty()) {
            var wrong = NameSyntax.portNameError(name);
            errors.invalid(path + ".name", name, wrong);
            if (wrong == null && !portNames.add(name)) errors.add(FieldError.duplicate(path + ".name", name));
        }
        long number = port.at("containerPort").integer(0L);
        errors.tell(path + ".containerPort");
        if (number == 0 && port.at("containerPort").isPresent()) errors.add(FieldError.required(path + ".containerPort"));
        else if (number != 0) errors.invalid(path + ".containerPort", number, FieldErrors.range(number, 1, PORT_MAX));
        long host = port.at("hostPort").integer(0L);
        if (host != 0) hostPort(host, number, path + ".hostPort");
        errors.tell(path);
    }

    private void hostPort(long host, long number, String path) {
        errors.invalid(path, host, FieldErrors.range(host, 1, PORT_MAX));
        if (hostNetwork && host != number) errors.invalid(path, host, "must match `containerPort` when `hostNetwork` is true");
    }
}
