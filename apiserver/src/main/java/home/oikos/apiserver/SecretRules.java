package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// What is special about Secrets.
final class SecretRules extends PlainRules {
    /// What the contents of well-known types must hold.
    private static final Map<String, List<String>> REQUIRED = Map.of("kubernetes.io/tls", List.of("tls.crt", "tls.key"),
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"), "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"));

    SecretRules(ResourceDefinition definition) {
        super(definition, false);
    }

    /// Text comes in beside base64 and is stored as such.
    @Override
    public JsonObject defaulted(JsonObject object) {
        var set = Absent.set(object, "type", "Opaque");
        var texts = set.at("stringData").object();
        if (texts.isEmpty()) return set.without("stringData");
        var data = set.at("data").object();
        for (var text : texts.members().entrySet()) {
            data = data.with(text.getKey(), Base64.getEncoder().encodeToString(ObjectBytes.utf8(text.getValue().text(""))));
        }
        return set.without("stringData").with("data", data);
    }

    @Override
    void check(JsonObject object, List<FieldError> errors) {
        var data = object.at("data").object();
        KeyedContent.checkKeys(data, "data", errors);
        if (KeyedContent.decodedBytes(data) > KeyedContent.BYTES_MAX) errors.add(FieldError.tooLong("data", KeyedContent.BYTES_MAX));
        var type = object.at("type").text("");
        for (var key : REQUIRED.getOrDefault(type, List.of())) {
            if (!data.has(key)) errors.add(FieldError.required("data[" + key + "]"));
            else if (type.startsWith("kubernetes.io/docker")) json(data.at(key).text(""), "data[" + key + "]", errors);
        }
        if (type.equals("kubernetes.io/basic-auth") && !data.has("username") && !data.has("password")) {
            errors.add(FieldError.required("data[username]"));
            errors.add(FieldError.required("data[password]"));
        }
        var account = object.at("metadata", "annotations", "kubernetes.io/service-account.name").text("");
        if (type.equals("kubernetes.io/service-account-token") && account.isEmpty()) {
            errors.add(FieldError.required("metadata.annotations[kubernetes.io/service-account.name]"));
        }
    }

    private static void json(String base64, String path, List<FieldError> errors) {
        var wrong = GoJson.objectError(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        if (wrong != null) errors.add(FieldError.invalid(path, "<secret contents redacted>", wrong));
    }

    @Override
    public List<FieldError> validateUpdate(JsonObject object, JsonObject old) {
        var errors = new ArrayList<FieldError>();
        if (!object.at("type").equals(old.at("type"))) errors.add(FieldError.invalid("type", object.at("type"), "field is immutable"));
        KeyedContent.checkImmutable(object, old, List.of("data"), errors);
        return errors;
    }
}
