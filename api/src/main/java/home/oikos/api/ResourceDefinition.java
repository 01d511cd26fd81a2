package home.oikos.api;

import java.util.List;
import java.util.Optional;

/// One resource of the API: how objects of a kind are named, reached, typed and listed. The same for built-in kinds and for CRDs.
/// @param fieldSelectors the paths a field selector may name
public record ResourceDefinition(GroupVersion groupVersion, String plural, String kind, String singular, List<String> shortNames,
        List<String> categories, boolean namespaced, List<String> verbs, List<Subresource> subresources, List<Column> columns,
        List<String> fieldSelectors, ObjectSchema schema) {
    public ResourceDefinition {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        verbs = List.copyOf(verbs);
        subresources = List.copyOf(subresources);
        columns = List.copyOf(columns);
        fieldSelectors = List.copyOf(fieldSelectors);
    }

    public GroupVersionKind groupVersionKind() {
        return groupVersion.kind(kind);
    }

    public GroupVersionKind listKind() {
        return groupVersion.kind(kind + "List");
    }

    public GroupVersionResource groupVersionResource() {
        return groupVersion.resource(plural);
    }

    public String group() {
        return groupVersion.group();
    }

    public boolean allows(String verb) {
        return verbs.contains(verb);
    }

    public Optional<Subresource> subresource(String name) {
        return subresources.stream().filter(subresource -> subresource.name().equals(name)).findFirst();
    }
}
