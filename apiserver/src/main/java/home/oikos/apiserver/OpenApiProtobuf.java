package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonBoolean;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.function.Function;

/// An OpenAPI v2 document in protobuf, the only form in which client-go asks for it. The field numbers are those of gnostic's OpenAPIv2.proto.
final class OpenApiProtobuf {
    private static final List<String> METHODS = List.of("", "", "get", "put", "post", "delete", "options", "head", "patch");

    private OpenApiProtobuf() { }

    static byte[] encode(JsonObject document) {
        var info = new ProtobufMessage().text(1, document.at("info", "title").text("")).text(2, document.at("info", "version").text(""));
        return new ProtobufMessage().text(1, document.at("swagger").text("")).message(2, info)
                .message(8, named(2, document.at("paths"), OpenApiProtobuf::path))
                .message(9, named(1, document.at("definitions"), OpenApiProtobuf::schema)).toBytes();
    }

    /// A map as a list of names and values.
    private static ProtobufMessage named(int number, Json map, Function<JsonObject, ProtobufMessage> value) {
        var message = new ProtobufMessage();
        map.object().members().forEach((name, entry) ->
                message.message(number, new ProtobufMessage().text(1, name).message(2, value.apply(entry.object()))));
        return message;
    }

    private static ProtobufMessage path(JsonObject path) {
        var message = new ProtobufMessage();
        for (int number = 2; number < METHODS.size(); number++) {
            if (path.at(METHODS.get(number)) instanceof JsonObject operation) message.message(number, operation(operation));
        }
        path.at("parameters").array().forEach(p -> message.message(9, parameter(p.object())));
        return message;
    }

    private static ProtobufMessage operation(JsonObject operation) {
        var message = new ProtobufMessage();
        texts(message, 7, operation.at("consumes"));
        operation.at("parameters").array().forEach(p -> message.message(8, parameter(p.object())));
        message.message(9, named(1, operation.at("responses"), OpenApiProtobuf::response));
        return extensions(message, 13, operation);
    }

    private static void texts(ProtobufMessage message, int number, Json list) {
        list.array().forEach(t -> message.text(number, t.text("")));
    }

    private static ProtobufMessage response(JsonObject response) {
        var inner = new ProtobufMessage().text(1, response.at("description").text(""));
        if (response.at("schema") instanceof JsonObject schema) inner.message(2, new ProtobufMessage().message(1, schema(schema)));
        return new ProtobufMessage().message(1, inner);
    }

    private static ProtobufMessage parameter(JsonObject parameter) {
        var one = parameter.at("in").text("").equals("body") ? new ProtobufMessage().message(1, body(parameter))
                : new ProtobufMessage().message(2, plain(parameter));
        return new ProtobufMessage().message(1, one);
    }

    private static ProtobufMessage body(JsonObject parameter) {
        return new ProtobufMessage().text(2, "body").text(3, "body").bool(4, true).message(5, schema(parameter.at("schema").object()));
    }

    /// In the query or in the path: the two number their members differently.
    private static ProtobufMessage plain(JsonObject parameter) {
        var in = parameter.at("in").text("");
        boolean query = in.equals("query");
        var message = new ProtobufMessage().bool(1, parameter.at("required").bool(false)).text(2, in).text(4, parameter.at("name").text(""))
                .text(query ? 6 : 5, parameter.at("type").text("")).bool(query ? 20 : 19, parameter.at("uniqueItems").bool(false));
        return new ProtobufMessage().message(query ? 3 : 4, message);
    }

    private static ProtobufMessage schema(JsonObject schema) {
        var message = new ProtobufMessage().text(1, schema.at("$ref").text("")).text(2, schema.at("format").text("")).text(3, schema.at("title").text(""))
                .text(4, schema.at("description").text(""));
        if (schema.has("default")) message.message(5, any(schema.at("default")));
        bounds(message, schema);
        texts(message, 19, schema.at("required"));
        schema.at("enum").array().forEach(v -> message.message(20, any(v)));
        inner(message, schema);
        return extensions(message, 31, schema);
    }

    private static void bounds(ProtobufMessage message, JsonObject schema) {
        message.decimal(6, schema.at("multipleOf").decimal(0)).decimal(7, schema.at("maximum").decimal(0)).bool(8, schema.at("exclusiveMaximum").bool(false))
                .decimal(9, schema.at("minimum").decimal(0)).bool(10, schema.at("exclusiveMinimum").bool(false))
                .integer(11, schema.at("maxLength").integer(0L)).integer(12, schema.at("minLength").integer(0L)).text(13, schema.at("pattern").text(""))
                .integer(14, schema.at("maxItems").integer(0L)).integer(15, schema.at("minItems").integer(0L))
                .integer(17, schema.at("maxProperties").integer(0L)).integer(18, schema.at("minProperties").integer(0L));
    }

    private static void inner(ProtobufMessage message, JsonObject schema) {
        switch (schema.at("additionalProperties")) {
            case JsonObject values -> message.message(21, new ProtobufMessage().message(1, schema(values)));
            case JsonBoolean(var allowed) -> message.message(21, new ProtobufMessage().bool(2, allowed));
            default -> { }
        }
        if (schema.has("type")) message.message(22, new ProtobufMessage().text(1, schema.at("type").text("")));
        if (schema.at("items") instanceof JsonObject items) message.message(23, new ProtobufMessage().message(1, schema(items)));
        if (schema.at("allOf") instanceof JsonArray all) all.forEach(s -> message.message(24, schema(s.object())));
        if (schema.has("properties")) message.message(25, named(1, schema.at("properties"), OpenApiProtobuf::schema));
    }

    /// A value as YAML, which JSON is.
    private static ProtobufMessage any(Json value) {
        return new ProtobufMessage().text(2, value + "\n");
    }

    private static ProtobufMessage extensions(ProtobufMessage message, int number, JsonObject object) {
        object.members().forEach((name, value) -> {
            if (name.startsWith("x-")) message.message(number, new ProtobufMessage().text(1, name).message(2, any(value)));
        });
        return message;
    }
}
