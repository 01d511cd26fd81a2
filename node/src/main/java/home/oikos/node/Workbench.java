package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.client.ApiClient;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/// What every pod's worker works with. Immutable; its parts are safe for any thread.
/// @param services all Services as they are now, for the variables that tell of them
/// @param pods all pods of this node as they were last seen
/// @param machine what the node has
record Workbench(ApiClient client, ContainerRuntime runtime, NodeSettings settings, PodSources sources, VolumeStore volumes,
        NodeEvents events,
        Clock clock, Supplier<List<Json>> services, Supplier<List<PodView>> pods, Machine machine) {
}
