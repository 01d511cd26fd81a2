package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.node.ContainerRuntime.RegistryLogin;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Brings a container's image here, as its pull policy says. An image that was built or imported here is never asked for at a registry.
record ImageFetcher(Workbench bench) {
    /// The image cannot be had. The reason is what the container's status says.
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1;
        private final String reason;

        Missing(String reason, String message) {
            super(message);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    Image fetch(Json pod, ContainerSpec spec) throws Missing {
        var name = spec.json().at("image").text("");
        if (name.isBlank()) throw new Missing("InvalidImageName", "the container names no image");
        var present = bench.runtime().image(name);
        var policy = policy(spec, name);
        if (policy.equals("Never") && present.isEmpty()) {
            throw new Missing("ErrImageNeverPull", "Container image \"" + name + "\" is not present with pull policy of Never");
        }
        if (present.isPresent() && (!policy.equals("Always") || present.get().isLocal())) {
            bench.events().normal(pod, spec.name(), "Pulled", "Container image \"" + name + "\" already present on machine");
            return present.get();
        }
        return pull(pod, spec, name);
    }

    private static String policy(ContainerSpec spec, String image) {
        boolean latest = image.endsWith(":latest") || image.indexOf(':', image.lastIndexOf('/') + 1) < 0;
        return spec.json().at("imagePullPolicy").text(latest ? "Always" : "IfNotPresent");
    }

    private Image pull(Json pod, ContainerSpec spec, String name) throws Missing {
        bench.events().normal(pod, spec.name(), "Pulling", "Pulling image \"" + name + "\"");
        try {
            bench.runtime().pullImage(name, login(pod, name));
        } catch (RuntimeFailure refused) {
            bench.events().warning(pod, spec.name(), "Failed", "Failed to pull image \"" + name + "\": " + refused.getMessage());
            throw new Missing("ErrImagePull", refused.getMessage());
        }
        bench.events().normal(pod, spec.name(), "Pulled", "Successfully pulled image \"" + name + "\"");
        return bench.runtime().image(name).orElseThrow(() -> new Missing("ErrImagePull", "image \"" + name + "\" is gone after pulling"));
    }

    /// The user that one of the pod's `imagePullSecrets` has for the image's registry.
    private Optional<RegistryLogin> login(Json pod, String image) {
        var host = image.indexOf('/') > 0 && image.substring(0, image.indexOf('/')).matches(".*[.:].*|localhost")
                ? image.substring(0, image.indexOf('/')) : "docker.io";
        for (var reference : pod.at("spec", "imagePullSecrets").array()) {
            var secret = bench.sources().secret(new ObjectKey(PodIdentity.of(pod).namespace(), reference.at("name").text("-")));
            var login = secret.flatMap(found -> loginIn(found, host));
            if (login.isPresent()) return login;
        }
        return Optional.empty();
    }

    private static Optional<RegistryLogin> loginIn(Json secret, String host) {
        var config = Json.parse(Base64.getDecoder().decode(secret.at("data", ".dockerconfigjson").text("e30=")));
        for (var entry : config.at("auths").object().members().entrySet()) {
            if (!entry.getKey().replaceFirst("^https?://", "").replaceFirst("/.*", "").equals(host)) continue;
            var pair = new String(Base64.getDecoder().decode(entry.getValue().at("auth").text("")), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return Optional.of(colon < 0 ? new RegistryLogin(entry.getValue().at("username").text(""),
                    entry.getValue().at("password").text(""))
                    : new RegistryLogin(pair.substring(0, colon), pair.substring(colon + 1)));
        }
        return Optional.empty();
    }
}
