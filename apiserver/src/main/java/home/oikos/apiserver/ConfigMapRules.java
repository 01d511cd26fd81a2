package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import java.util.ArrayList;
import java.util.List;

/// What is special about ConfigMaps.
final class ConfigMapRules extends PlainRules {
    ConfigMapRules(ResourceDefinition definition) {
        super(definition, false);
    }

    @Override
    void check(JsonObject object, List<FieldError> errors) {
        var data = object.at("data").object();
        var binary = object.at("binaryData").object();
        KeyedContent.checkKeys(data, "data", errors);
        for (var key : data.names()) {
            if (binary.has(key)) errors.add(FieldError.invalid("data[" + key + "]", key, "duplicate of key present in binaryData"));
        }
        KeyedContent.checkKeys(binary, "binaryData", errors);
        if (KeyedContent.textBytes(data) + KeyedContent.decodedBytes(binary) > KeyedContent.BYTES_MAX) errors.add(FieldError.tooLong("",
                KeyedContent.BYTES_MAX));
    }

    @Override
    public List<FieldError> validateUpdate(JsonObject object, JsonObject old) {
        var errors = new ArrayList<FieldError>();
        KeyedContent.checkImmutable(object, old, List.of("data", "binaryData"), errors);
        return errors;
    }
}
