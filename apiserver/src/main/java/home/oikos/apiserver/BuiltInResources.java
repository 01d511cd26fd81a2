package home.oikos.apiserver;

import home.oikos.api.Catalog;
import home.oikos.api.ResourceDefinition;
import java.util.List;

/// The resources of the catalogue, with where each is stored.
final class BuiltInResources {
    private BuiltInResources() { }

    static List<Resource> of(Catalog catalog) {
        return catalog.groupVersions().stream().flatMap(gv -> catalog.resources(gv).stream()).map(d -> resource(d, catalog)).toList();
    }

    private static Resource resource(ResourceDefinition definition, Catalog catalog) {
        var rules = BuiltInRules.of(definition);
        return Resource.of(definition, false, rules);
    }
}
