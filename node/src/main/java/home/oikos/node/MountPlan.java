package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The mounts of a container, as CRI wants them.
/// @param volumes where each volume of the pod is
/// @param environment for `subPathExpr`
record MountPlan(ContainerSpec spec, Map<String, Path> volumes, Map<String, String> environment, SubPaths subPaths) {
    /// Shows a part of a volume at a place of its own.
    interface SubPaths {
        Path place(int index, Path volume, String subPath) throws IOException;
    }

    List<JsonObject> mounts() throws ConfigurationException, IOException {
        var mounts = new ArrayList<JsonObject>();
        int index = 0;
        for (var mount : spec.json().at("volumeMounts").array()) mounts.add(mount(mount, index++));
        return mounts;
    }

    private JsonObject mount(Json mount, int index) throws ConfigurationException, IOException {
        var volume = volumes.get(mount.at("name").text(""));
        if (volume == null) throw new ConfigurationException("volume \"" + mount.at("name").text("") + "\" of a mount is not in the pod");
        var subPath = subPath(mount);
        var source = subPath.isEmpty() ? volume : subPaths.place(index, volume, subPath);
        return of(mount.at("mountPath").text(""), source, mount.at("readOnly").bool(false)).with("propagation", propagation(mount));
    }

    private String subPath(Json mount) {
        var expression = mount.at("subPathExpr").text("");
        return expression.isEmpty() ? mount.at("subPath").text("") : VariableExpansion.expand(expression, environment);
    }

    private static int propagation(Json mount) {
        return switch (mount.at("mountPropagation").text("None")) {
            case "HostToContainer" -> 1;
            case "Bidirectional" -> 2;
            default -> 0;
        };
    }

    static JsonObject of(String inside, Path outside, boolean readOnly) {
        return JsonObject.of("container_path", inside.startsWith("/") ? inside : "/" + inside, "host_path", outside.toString(), "readonly",
                readOnly);
    }
}
