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
import home.oikos.api.Reason;
import home.oikos.http.BodyTooLargeException;
import home.oikos.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// Bodies to objects: format, kind, types, defaults.
final class Decoder {
    private final Resources resources;

    Decoder(Resources resources) {
        this.resources = resources;
    }

    /// Reads the object that a request sends.
    JsonObject read(Request request, WriteCall write, BodyKind kind) throws IOException, BodyTooLargeException {
        var wanted = kind.kind();
        var format = BodyFormat.of(request.header("Content-Type").orElse(""));
        var body = RequestBody.read(request);
        var duplicates = new ArrayList<String>();
        var tree = format.tree(body, kind.schema(), duplicates::add);
        if (!(tree instanceof JsonObject) && tree.isPresent()) throw notAnObject(tree, body, wanted);
        checkKind(tree.object(), wanted);
        try {
            // Upstream's YAML reader tells what stands twice in whole sentences, its JSON reader by the path.
            var told = format == BodyFormat.YAML ? List.<String>of() : duplicates;
            var yaml = format == BodyFormat.YAML ? duplicates.stream().map(d -> "yaml: unmarshal errors:\n  " + d).toList()
                    : List.<String>of();
            return typed(tree.object(), kind, told, problems -> report(write, wanted, joined(yaml, problems)));
        } catch (DecodeException e) {
            throw new ApiException(Reason.BAD_REQUEST, "%s", told(wanted, e.getMessage()));
        }
    }

    private static List<String> joined(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /// A complaint of decoding as upstream puts it.
    static String told(GroupVersionKind wanted, String complaint) {
        return "%s in version \"%s\" cannot be handled as a %s: %s".formatted(wanted.kind(), wanted.version(), wanted.kind(), complaint);
    }

    private static ApiException notAnObject(Json tree, byte[] body, GroupVersionKind wanted) {
        var type = tree instanceof JsonArray ? "array" : tree instanceof JsonString ? "string" : "number";
        return new ApiException(Reason.BAD_REQUEST,
                "the object provided is unrecognized (must be of type %s): couldn't get version/kind; json parse error:"
                + " json: cannot unmarshal %s into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
                + " Kind string \"json:\\\"kind,omitempty\\\"\" } (%s)", wanted.kind(), type, BodyFormat.excerpt(body));
    }

    /// Kind and version may be left out, but not be others.
    void checkKind(JsonObject object, GroupVersionKind wanted) {
        var kind = object.at("kind").text(wanted.kind());
        var apiVersion = object.at("apiVersion").text(wanted.apiVersion());
        if (kind.equals(wanted.kind()) && apiVersion.equals(wanted.apiVersion())) return;
        var sent = GroupVersion.parse(apiVersion).kind(kind);
        var known = Catalog.builtIn().type(sent).isPresent() || resources.find(sent).isPresent();
        throw new ApiException(Reason.BAD_REQUEST, "%s in version \"%s\" cannot be handled as a %s: %s", kind, known
                ? sent.version() : wanted.version(), wanted.kind(),
                known ? "converting (%s.%s) to (%s.%s): unknown conversion".formatted(sent.version(), kind, goPackage(wanted),
                        wanted.kind())
                        : "no kind \"%s\" is registered for version \"%s\" in scheme \"pkg/runtime/scheme.go:111\"".formatted(kind,
                                apiVersion));
    }

    private static String goPackage(GroupVersionKind kind) {
        int dot = kind.group().indexOf('.');
        return kind.group().isEmpty() ? "core" : dot < 0 ? kind.group() : kind.group().substring(0, dot);
    }

    /// Checks types against the schema, drops what it does not know, and sets its defaults.
    /// @param strict hears what strict decoding would refuse, also when that is nothing
    /// @throws DecodeException when a type is wrong
    static JsonObject typed(JsonObject object, BodyKind kind, Collection<String> duplicates, Consumer<List<String>> strict) {
        var decoded = kind.rules().decoded(object, kind.schema(), duplicates);
        strict.accept(decoded.strict());
        var read = decoded.object().without("kind").without("apiVersion");
        return JsonObject.of("kind", kind.kind().kind(), "apiVersion", kind.kind().apiVersion()).withAll(read);
    }

    private static void report(WriteCall write, GroupVersionKind wanted, List<String> problems) {
        if (problems.isEmpty()) return;
        switch (write.options().fieldValidation()) {
            case "Strict" -> throw new ApiException(Reason.BAD_REQUEST, "%s",
                    told(wanted, "strict decoding error: " + String.join(", ", problems)));
            case "Warn" -> write.warnings().addAll(problems);
            default -> { }
        }
    }
}
