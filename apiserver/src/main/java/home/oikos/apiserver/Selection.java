package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import home.oikos.store.Entry;
import java.util.stream.Collectors;

/// Which objects of a resource a list, watch or deletecollection is about. Immutable; free for any thread.
final class Selection {
    private final Resource resource;
    private final String prefix;
    private final LabelSelector labels;
    private final FieldSelector fields;
    private final boolean all;

    Selection(Resource resource, String namespace, LabelSelector labels, FieldSelector fields) {
        this.resource = resource;
        this.prefix = resource.prefix(namespace);
        this.labels = labels;
        this.fields = fields;
        this.all = labels.isAll() && fields.isAll();
        for (var term : fields.terms()) checkKnown(resource, term.field());
    }

    /// Kinds with selectors of their own refuse in other words than those that have the common two.
    private static void checkKnown(Resource resource, String field) {
        var known = resource.definition().fieldSelectors();
        if (known.contains(field)) return;
        if (known.stream().anyMatch(f -> !f.startsWith("metadata."))) throw new ApiException(Reason.BAD_REQUEST,
                "field label not supported: %s", field);
        throw new ApiException(Reason.BAD_REQUEST, "\"%s\" is not a known field selector: only %s", field,
                known.stream().map(f -> '"' + f + '"').collect(Collectors.joining(", ")));
    }

    String prefix() {
        return prefix;
    }

    boolean isAll() {
        return all;
    }

    boolean includes(Entry entry) {
        if (!entry.key().startsWith(prefix)) return false;
        if (all) return true;
        if (!labels.isAll() && !labels.matches(Selectable.of(entry, resource).labels())) return false;
        return fields.isAll() || fields.matches(field -> value(entry, field));
    }

    private String value(Entry entry, String field) {
        return switch (field) {
            case "metadata.name" -> Resource.name(entry.key());
            case "metadata.namespace" -> resource.namespace(entry.key());
            default -> Selectable.of(entry, resource).fields().getOrDefault(field, "");
        };
    }
}
