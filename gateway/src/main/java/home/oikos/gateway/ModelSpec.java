package home.oikos.gateway;

import home.oikos.api.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The parts of a DeviceModel that the gateway goes by.
record ModelSpec(String name, Map<String, PropertyModel> properties) {
    static ModelSpec read(Json model) {
        var properties = new LinkedHashMap<String, PropertyModel>();
        for (var property : model.at("spec", "properties").array()) {
            var read = PropertyModel.read(property);
            properties.put(read.name(), read);
        }
        return new ModelSpec(model.at("metadata", "name").text(""), properties);
    }

    Optional<PropertyModel> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }
}
