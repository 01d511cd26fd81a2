package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonParser;
import home.oikos.api.ObjectSchema;
import home.oikos.api.ProtobufEnvelope;
import home.oikos.api.ProtobufException;
import home.oikos.api.Reason;
import home.oikos.api.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;

/// The formats in which objects are sent.
enum BodyFormat {
    JSON, YAML, PROTOBUF;

    private static final int EXCERPT_BYTES_MAX = 30;

    /// @throws ApiException 415 for any other
    static BodyFormat of(String contentType) {
        int semicolon = contentType.indexOf(';');
        var type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
        return switch (type) {
            case "", "application/json" -> JSON;
            case "application/yaml" -> YAML;
            case "application/vnd.kubernetes.protobuf" -> PROTOBUF;
            default -> throw new ApiException(Reason.UNSUPPORTED_MEDIA_TYPE,
                    "the body of the request was in an unknown format - accepted media types include: %s",
                    Accepted.all());
        };
    }

    /// @param schema of the kind that is wanted, which a message cannot be read without
    /// @param duplicates hears the path of each member that stands twice
    Json tree(byte[] body, ObjectSchema schema, Consumer<String> duplicates) {
        try {
            return switch (this) {
                case JSON -> new JsonParser(body, duplicates).document();
                case YAML -> Yaml.parse(body, duplicates);
                case PROTOBUF -> ProtobufEnvelope.parse(body).object(schema);
            };
        } catch (JsonException e) {
            throw unrecognized(schema, (this == YAML ? "" : "couldn't get version/kind; json parse error: ") + e.getMessage(), body);
        } catch (ProtobufException e) {
            throw unrecognized(schema, e.getMessage(), body);
        }
    }

    private static ApiException unrecognized(ObjectSchema schema, String why, byte[] body) {
        return new ApiException(Reason.BAD_REQUEST, "the object provided is unrecognized (must be of type %s): %s (%s)",
                schema.simpleName(), why, excerpt(body));
    }

    /// The beginning of a body that makes no sense, as upstream shows it.
    static String excerpt(byte[] body) {
        if (body.length == 0) return "<empty>";
        int length = Math.min(body.length, EXCERPT_BYTES_MAX);
        var text = body[0] == '{' ? new String(body, 0, length, StandardCharsets.UTF_8) : HexFormat.of().formatHex(body, 0, length);
        return length < body.length ? text + " ..." : text;
    }
}
