package home.oikos.client;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;

/// A change to an object, in one of the API's patch languages. Apply is separate: [ApiClient#apply].
public sealed interface Patch {
    Json body();

    String contentType();

    /// RFC 7396: members are merged, null deletes, lists are replaced.
    record Merge(JsonObject body) implements Patch {
        @Override
        public String contentType() {
            return "application/merge-patch+json";
        }
    }

    /// RFC 6902: a list of operations, of which `test` makes the whole conditional.
    record Operations(Json body) implements Patch {
        @Override
        public String contentType() {
            return "application/json-patch+json";
        }
    }

    /// Kubernetes' own: lists with a merge key are merged. Built-in kinds only.
    record Strategic(JsonObject body) implements Patch {
        @Override
        public String contentType() {
            return "application/strategic-merge-patch+json";
        }
    }

    static Patch merge(Object... namesAndValues) {
        return new Merge(JsonObject.of(namesAndValues));
    }
}
