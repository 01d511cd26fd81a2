package home.oikos.apiserver;

import home.oikos.api.Catalog;
import home.oikos.api.GroupVersion;
import home.oikos.api.ResourceDefinition;
import java.util.List;

/// The resources of the catalogue, with where each is stored.
final class BuiltInResources {
    private BuiltInResources() { }

    static List<Resource> of(Catalog catalog) {
        return catalog.groupVersions().stream().flatMap(gv -> catalog.resources(gv).stream()).map(BuiltInResources::resource).toList();
    }

    private static Resource resource(ResourceDefinition definition) {
        var resource = Resource.of(definition, false, BuiltInRules.of(definition));
        return switch (definition.groupVersionResource().toString()) {
            case "events.k8s.io/v1, Resource=events" -> resource.storedIn(Resource.prefix("", "events"), GroupVersion.CORE.kind("Event"));
            case "autoscaling/v1, Resource=horizontalpodautoscalers" ->
                    resource.storedIn(resource.prefix(), new GroupVersion("autoscaling", "v2").kind("HorizontalPodAutoscaler"));
            default -> resource;
        };
    }
}
