package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Catalog;
import home.oikos.api.DecodeException;
import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonString;
import home.oikos.api.ObjectDecoder;
import home.oikos.api.ObjectSchema;
import home.oikos.api.Reason;
import home.oikos.api.SchemaDefaults;
import home.oikos.http.BodyTooLargeException;
import home.oikos.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;

/// Bodies to objects: format, kind, types, defaults.
final class Decoder {
    private final Resources resources;

    Decoder(Resources resources) {
        this.resources = resources;
    }

    /// Reads the object that a request sends.
    JsonObject read(Request request, WriteCall write, GroupVersionKind wanted, ObjectSchema schema) throws IOException, BodyTooLargeException {
        var format = BodyFormat.of(request.header("Content-Type").orElse(""));
        var body = RequestBody.read(request);
        var duplicates = new ArrayList<String>();
        var tree = format.tree(body, schema, duplicates::add);
        if (!(tree instanceof JsonObject) && tree.isPresent()) throw notAnObject(tree, body, wanted);
        checkKind(tree.object(), wanted);
        return typed(tree.object(), write, wanted, schema, duplicates);
    }

    private static ApiException notAnObject(Json tree, byte[] body, GroupVersionKind wanted) {
        var type = tree instanceof JsonArray ? "array" : tree instanceof JsonString ? "string" : "number";
        return new ApiException(Reason.BAD_REQUEST, "the object provided is unrecognized (must be of type %s): couldn't get version/kind; json parse error:"
                + " json: cannot unmarshal %s into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
                + " Kind string \"json:\\\"kind,omitempty\\\"\" } (%s)", wanted.kind(), type, BodyFormat.excerpt(body));
    }

    /// Kind and version may be left out, but not be others.
    private void checkKind(JsonObject object, GroupVersionKind wanted) {
        var kind = object.at("kind").text(wanted.kind());
        var apiVersion = object.at("apiVersion").text(wanted.apiVersion());
        if (kind.equals(wanted.kind()) && apiVersion.equals(wanted.apiVersion())) return;
        var sent = GroupVersion.parse(apiVersion).kind(kind);
        var known = Catalog.builtIn().type(sent).isPresent() || resources.find(sent).isPresent();
        throw new ApiException(Reason.BAD_REQUEST, "%s in version \"%s\" cannot be handled as a %s: %s", kind, known ? sent.version() : wanted.version(), wanted.kind(),
                known ? "converting (%s.%s) to (%s.%s): unknown conversion".formatted(sent.version(), kind, goPackage(wanted), wanted.kind())
                        : "no kind \"%s\" is registered for version \"%s\" in scheme \"pkg/runtime/scheme.go:111\"".formatted(kind, apiVersion));
    }

    private static String goPackage(GroupVersionKind kind) {
        int dot = kind.group().indexOf('.');
        return kind.group().isEmpty() ? "core" : dot < 0 ? kind.group() : kind.group().substring(0, dot);
    }

    /// Checks types against the schema, drops what it does not know, and sets its defaults.
    JsonObject typed(JsonObject object, WriteCall write, GroupVersionKind wanted, ObjectSchema schema, Collection<String> duplicates) {
        try {
            var decoded = ObjectDecoder.decode(object, schema, duplicates);
            if (!decoded.strict().isEmpty()) report(write, wanted, decoded.strict());
            var defaulted = SchemaDefaults.apply(decoded.object(), schema);
            return JsonObject.of("kind", wanted.kind(), "apiVersion", wanted.apiVersion()).withAll(defaulted.without("kind").without("apiVersion"));
        } catch (DecodeException e) {
            throw new ApiException(Reason.BAD_REQUEST, "%s in version \"%s\" cannot be handled as a %s: %s", wanted.kind(), wanted.version(), wanted.kind(), e.getMessage());
        }
    }

    private static void report(WriteCall write, GroupVersionKind wanted, Collection<String> problems) {
        switch (write.options().fieldValidation()) {
            case "Strict" -> throw new ApiException(Reason.BAD_REQUEST, "%s in version \"%s\" cannot be handled as a %s: strict decoding error: %s", wanted.kind(),
                    wanted.version(), wanted.kind(), String.join(", ", problems));
            case "Warn" -> write.warnings().addAll(problems);
            default -> { }
        }
    }
}
