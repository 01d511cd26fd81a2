package home.oikos.apiserver;

import home.oikos.api.Catalog;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.ObjectSchema;

/// What the body of a request must be.
/// @param rules read the body; those of the kind itself, which a subresource of another kind has not
record BodyKind(GroupVersionKind kind, ObjectSchema schema, KindRules rules) {
    static BodyKind of(Resource resource) {
        return new BodyKind(resource.kind(), resource.definition().schema(), resource.rules());
    }

    /// A kind that is sent to a subresource of others.
    static BodyKind builtIn(GroupVersionKind kind) {
        return new BodyKind(kind, Catalog.builtIn().type(kind).orElseThrow(), KindRules.PLAIN);
    }
}
