package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;

/// Where `/scale` finds what it shows in a custom resource.
final class CustomScale {
    private CustomScale() { }

    static ScalePaths of(JsonObject paths) {
        return new ScalePaths(names(paths.at("specReplicasPath")), names(paths.at("statusReplicasPath")), names(paths.at("labelSelectorPath")));
    }

    private static List<String> names(Json path) {
        var text = path.text("");
        return text.isEmpty() ? List.of() : JsonPath.parse(text).names();
    }
}
