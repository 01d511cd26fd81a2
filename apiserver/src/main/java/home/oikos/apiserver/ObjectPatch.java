package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.DecodeException;
import home.oikos.api.FieldError;
import home.oikos.api.GoText;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonParser;
import home.oikos.api.JsonPatch;
import home.oikos.api.MergePatch;
import home.oikos.api.PatchException;
import home.oikos.api.Reason;
import home.oikos.api.Schema;
import home.oikos.api.StatusDetails;
import home.oikos.api.StrategicMergePatch;
import java.util.ArrayList;
import java.util.List;

/// A patch as sent, of one of the three forms that change an object that is there. Applied once for each attempt at a write.
sealed interface ObjectPatch {
    String UNKNOWN_FORMAT = "the body of the request was in an unknown format - accepted media types include: application/json-patch+json,"
            + " application/merge-patch+json, application/apply-patch+yaml";

    /// What stands twice in the patch itself.
    List<String> duplicates();

    /// @throws ApiException when it cannot be applied
    Json apply(JsonObject object, Schema type);

    /// What upstream shows of it in an error.
    String shown();

    record Operations(JsonPatch patch, String shown, List<String> duplicates) implements ObjectPatch {
        @Override
        public Json apply(JsonObject object, Schema type) {
            try {
                return patch.apply(object);
            } catch (PatchException _) {
                throw rejected();
            }
        }
    }

    record Merge(JsonObject patch, List<String> duplicates) implements ObjectPatch {
        @Override
        public Json apply(JsonObject object, Schema type) {
            return MergePatch.apply(object, patch);
        }

        @Override
        public String shown() {
            return patch.toString();
        }
    }

    record Strategic(JsonObject patch, List<String> duplicates) implements ObjectPatch {
        @Override
        public Json apply(JsonObject object, Schema type) {
            try {
                return StrategicMergePatch.apply(object, patch, type);
            } catch (PatchException e) {
                throw new ApiException(Reason.UNKNOWN, "%s", e.getMessage());
            }
        }

        @Override
        public String shown() {
            return GoText.of(patch);
        }
    }

    /// @throws ApiException 415 for a type that is no patch, 400 for a body that is none of its type
    static ObjectPatch read(String type, byte[] body, boolean custom) {
        var duplicates = new ArrayList<String>();
        return switch (type) {
            case "application/json-patch+json" -> operations(parse(body, duplicates), duplicates);
            case "application/merge-patch+json" -> new Merge(members(parse(body, duplicates), "error decoding patch: ", false), duplicates);
            case "application/strategic-merge-patch+json" -> {
                if (custom) throw new ApiException(Reason.UNSUPPORTED_MEDIA_TYPE, UNKNOWN_FORMAT);
                yield new Strategic(members(parse(body, duplicates), "", true), duplicates);
            }
            default -> throw unsupported();
        };
    }

    private static ApiException unsupported() {
        return new ApiException(ApiStatus.failure(Reason.UNSUPPORTED_MEDIA_TYPE, "415: Unsupported Media Type", StatusDetails.EMPTY));
    }

    private static ApiException rejected() {
        return new ApiException(ApiStatus.failure(Reason.INVALID, "the server rejected our request due to an error in our request",
                StatusDetails.EMPTY));
    }

    private static Json parse(byte[] body, List<String> duplicates) {
        try {
            return new JsonParser(body, duplicates::add).document();
        } catch (JsonException e) {
            throw new ApiException(Reason.BAD_REQUEST, "error decoding patch: %s", e.getMessage());
        }
    }

    private static ObjectPatch operations(Json body, List<String> duplicates) {
        try {
            return new Operations(JsonPatch.of(body), body.toString(), duplicates);
        } catch (DecodeException e) {
            throw new ApiException(Reason.BAD_REQUEST, "error decoding patch: %s", e.getMessage());
        } catch (PatchException _) {
            throw rejected();
        }
    }

    private static JsonObject members(Json body, String prefix, boolean nullIsNothing) {
        if (body instanceof JsonObject object) return object;
        if (body.isNull() && nullIsNothing) return JsonObject.EMPTY;
        var type = body instanceof JsonArray ? "array" : body.isNull() ? "null" : "string";
        throw new ApiException(Reason.BAD_REQUEST, "%sjson: cannot unmarshal %s into Go value of type map[string]interface {}", prefix,
                type);
    }

    /// A patch whose outcome is no object of the kind.
    default ApiException invalid(String why) {
        return new ApiException(ApiStatus.invalid("", "", "", List.of(FieldError.invalid("patch", shown(), why))));
    }
}
