package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.util.LinkedHashMap;

/// Answers `/openapi/v2` and `/openapi/v3`. Clients keep what they got by its hash, so a document is made when it is asked for, and only the few
/// asked for last are kept, as bytes.
final class OpenApiHandler {
    /// A client reads the documents of the kinds it works with, one after another; the largest, of the core group, has 0.6 MB.
    private static final int DOCUMENTS_MAX = 3;
    /// Clients ask for it with an `@` before its version, which no media type may have.
    private static final String PROTOBUF_V2 = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private final OpenApiDocuments documents;
    private final RecentlyUsed<String, byte[]> made = new RecentlyUsed<>(DOCUMENTS_MAX);

    OpenApiHandler(OpenApiDocuments documents) {
        this.documents = documents;
    }

    static boolean isPath(String path) {
        return path.startsWith("/openapi/");
    }

    void handle(Request request, Response response, String path) {
        if (path.equals("/openapi/v3")) response.send(200, "application/json", index().bytes());
        else if (path.equals("/openapi/v2")) v2(request, response);
        else if (path.startsWith("/openapi/v3/")) groupVersion(request, response, path.substring("/openapi/v3".length()));
        else Answers.noSuchPath(response);
    }

    private JsonObject index() {
        var paths = new LinkedHashMap<String, Json>();
        for (var groupVersion : documents.groupVersions()) {
            var path = OpenApiPaths.root(groupVersion);
            paths.put(path.substring(1), JsonObject.of("serverRelativeURL", "/openapi/v3" + path + "?hash=" + documents.hash(groupVersion)));
        }
        return JsonObject.of("paths", JsonObject.copyOf(paths));
    }

    private void groupVersion(Request request, Response response, String path) {
        for (var groupVersion : documents.groupVersions()) {
            if (!OpenApiPaths.root(groupVersion).equals(path)) continue;
            v3(request, response, groupVersion);
            return;
        }
        Answers.noSuchPath(response);
    }

    private void v3(Request request, Response response, GroupVersion groupVersion) {
        var hash = documents.hash(groupVersion);
        if (request.parameter("hash").filter(hash::equals).isPresent()) response.header("Cache-Control", "public, immutable");
        send(request, response, "application/json", hash, made("v3/" + groupVersion + hash, () -> documents.v3(groupVersion).bytes()));
    }

    private void v2(Request request, Response response) {
        var hash = documents.hash();
        var protobuf = MediaRange.parse(request.headers("Accept")).stream().findFirst().filter(range -> range.type().contains("proto-openapi")).isPresent();
        if (protobuf) send(request, response, PROTOBUF_V2, hash, made("v2p/" + hash, () -> OpenApiProtobuf.encode(documents.v2())));
        else send(request, response, "application/json", hash, made("v2/" + hash, () -> documents.v2().bytes()));
    }

    private static void send(Request request, Response response, String type, String hash, byte[] document) {
        var tag = "\"" + hash + "\"";
        response.header("ETag", tag);
        response.header("Vary", "Accept");
        if (request.header("If-None-Match").filter(tag::equals).isPresent()) response.send(304, type, new byte[0]);
        else response.send(200, type, document);
    }

    private synchronized byte[] made(String key, java.util.function.Supplier<byte[]> make) {
        var known = made.get(key);
        if (known != null) return known;
        var document = make.get();
        made.put(key, document);
        return document;
    }
}
