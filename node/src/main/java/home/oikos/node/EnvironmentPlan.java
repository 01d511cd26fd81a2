package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The environment of a container, in the order in which later values win: Services, `envFrom`, `env`. Decides only; reads through
/// [PodSources].
/// @param services the variables that tell of Services
record EnvironmentPlan(PodFields fields, PodSources sources, Map<String, String> services) {
    Map<String, String> of(ContainerSpec container) throws ConfigurationException {
        var environment = new LinkedHashMap<>(services);
        for (var from : container.json().at("envFrom").array()) environment.putAll(from(from));
        var own = new LinkedHashMap<>(environment);
        for (var variable : container.json().at("env").array()) {
            var value = value(variable, container.name(), own);
            if (value.isPresent()) own.put(variable.at("name").text(""), value.get());
        }
        return own;
    }

    private Map<String, String> from(Json from) throws ConfigurationException {
        var prefix = from.at("prefix").text("");
        var variables = new LinkedHashMap<String, String>();
        var map = from.at("configMapRef");
        if (map.isPresent()) {
            var found = configMap(map);
            if (found.isPresent()) found.get().at("data").object().members().forEach((name, value) -> variables.put(prefix + name,
                    value.text("")));
        }
        var secret = from.at("secretRef");
        if (secret.isPresent()) {
            var found = secret(secret);
            if (found.isPresent()) found.get().at("data").object().members().forEach((name, value) -> variables.put(prefix + name,
                    decoded(value)));
        }
        return variables;
    }

    private Optional<String> value(Json variable, String container, Map<String, String> known) throws ConfigurationException {
        var from = variable.at("valueFrom");
        if (from.isNull()) return Optional.of(VariableExpansion.expand(variable.at("value").text(""), known));
        if (from.at("fieldRef").isPresent()) return Optional.of(fields.field(from.at("fieldRef", "fieldPath").text("")));
        if (from.at("resourceFieldRef").isPresent()) return Optional.of(fields.resource(from.at("resourceFieldRef"), container));
        if (from.at("configMapKeyRef").isPresent()) return key(from.at("configMapKeyRef"), configMap(from.at("configMapKeyRef")),
                "ConfigMap");
        if (from.at("secretKeyRef").isPresent()) return key(from.at("secretKeyRef"), secret(from.at("secretKeyRef")), "Secret");
        throw new ConfigurationException("environment variable " + variable.at("name").text("") + ": this valueFrom is not supported");
    }

    private Optional<String> key(Json reference, Optional<Json> object, String kind) throws ConfigurationException {
        if (object.isEmpty()) return Optional.empty();
        var key = reference.at("key").text("");
        var value = object.get().at("data", key);
        if (value.isPresent()) return Optional.of(kind.equals("Secret") ? decoded(value) : value.text(""));
        if (reference.at("optional").bool(false)) return Optional.empty();
        throw new ConfigurationException("couldn't find key %s in %s %s/%s".formatted(key, kind, namespace(),
                reference.at("name").text("")));
    }

    private Optional<Json> configMap(Json reference) throws ConfigurationException {
        return found(sources.configMap(key(reference)), reference, "configmap");
    }

    private Optional<Json> secret(Json reference) throws ConfigurationException {
        return found(sources.secret(key(reference)), reference, "secret");
    }

    private static Optional<Json> found(Optional<Json> object, Json reference, String kind) throws ConfigurationException {
        if (object.isPresent() || reference.at("optional").bool(false)) return object;
        throw new ConfigurationException(kind + " \"" + reference.at("name").text("") + "\" not found");
    }

    private ObjectKey key(Json reference) {
        return new ObjectKey(namespace(), reference.at("name").text("-"));
    }

    private String namespace() {
        return fields.pod().at("metadata", "namespace").text("");
    }

    private static String decoded(Json base64) {
        return new String(Base64.getDecoder().decode(base64.text("")), StandardCharsets.UTF_8);
    }
}
