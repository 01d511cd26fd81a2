package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ObjectSchema;
import home.oikos.api.Reason;
import java.util.List;

/// Server-side apply.
final class Applier {
    /// An apply where no ownership of fields is kept: what it names is merged.
    static ObjectPatch asMerge(byte[] body, ObjectSchema schema) {
        return new ObjectPatch.Merge(BodyFormat.YAML.tree(body, schema, _ -> { }).object(), List.of());
    }

    Written apply(WriteCall write, byte[] body) {
        throw new ApiException(Reason.UNSUPPORTED_MEDIA_TYPE, "apply is not served");
    }
}
