package home.oikos.client;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Speaks of resources to an API server. Immutable: [#as], [#dryRun], [#relaxed] and [#fieldManager] give another client over the same transport.
/// Every method blocks and may be called from any thread. A refusal is an [ApiException] with the server's Status;
/// a server that cannot be reached is an [UncheckedIOException].
public final class ApiClient {
    /// How many objects a list asks for at once: at about 2 KiB an object a page is 1 MiB, far below the heap.
    static final int LIST_PAGE_MAX = 500;

    private final Transport transport;
    private final Identity identity;
    private final WriteOptions options;

    public ApiClient(Transport transport) {
        this(transport, Identity.OWN, WriteOptions.DEFAULT);
    }

    private ApiClient(Transport transport, Identity identity, WriteOptions options) {
        this.transport = transport;
        this.identity = identity;
        this.options = options;
    }

    /// This client acting as another user, if the server lets it.
    public ApiClient as(String user, String... groups) {
        return new ApiClient(transport, new Identity(user, List.of(groups)), options);
    }

    /// This client acting as a ServiceAccount of a namespace.
    public ApiClient asServiceAccount(ObjectKey account) {
        return as("system:serviceaccount:" + account.namespace() + ":" + account.name());
    }

    /// This client whose writes are checked and answered, and not kept.
    public ApiClient dryRun() {
        return new ApiClient(transport, identity, new WriteOptions(options.fieldManager(), true, options.relaxed()));
    }

    /// This client writing under that name in managedFields.
    public ApiClient fieldManager(String name) {
        return new ApiClient(transport, identity, new WriteOptions(name, options.dryRun(), options.relaxed()));
    }

    /// This client whose status writes need not survive a power cut: what they say will be seen again. The death of the server loses none of
    /// them. A server that does not know the wish keeps every write alike.
    public ApiClient relaxed() {
        return new ApiClient(transport, identity, new WriteOptions(options.fieldManager(), options.dryRun(), true));
    }

    public Transport transport() {
        return transport;
    }

    public Json get(Resource resource, ObjectKey key) {
        return send(Call.of("GET", resource.path(key)));
    }

    /// The object, or empty when there is none of that name.
    public Optional<Json> find(Resource resource, ObjectKey key) {
        var answer = exchange(Call.of("GET", resource.path(key)));
        if (answer.status() == 404) return Optional.empty();
        return Optional.of(read(answer));
    }

    /// One part of a list.
    public Page page(Resource resource, String namespace, Selection selection, int limit, String continue_) {
        var query = Query.of(selection).with("limit", limit).with("continue", continue_);
        return Page.of(send(Call.of("GET", query.on(resource.path(namespace)))));
    }

    /// All objects of a namespace, or of every namespace when it is empty; fetched in pages.
    public List<Json> list(Resource resource, String namespace, Selection selection) {
        var all = new ArrayList<Json>();
        list(resource, namespace, selection, all::add);
        return all;
    }

    public List<Json> list(Resource resource, String namespace) {
        return list(resource, namespace, Selection.ALL);
    }

    /// Hands over each object of a list in turn, holding one page at a time.
    /// @return the resourceVersion from which a watch goes on
    public String list(Resource resource, String namespace, Selection selection, Consumer<Json> each) {
        var page = page(resource, namespace, selection, LIST_PAGE_MAX, "");
        page.items().forEach(each);
        while (!page.continue_().isEmpty()) {
            page = page(resource, namespace, selection, LIST_PAGE_MAX, page.continue_());
            page.items().forEach(each);
        }
        return page.resourceVersion();
    }

    /// Watches what happens after that resourceVersion, with bookmarks.
    public Watch watch(Resource resource, String namespace, Selection selection, String resourceVersion) {
        var query = Query.of(selection).with("watch", "true").with("allowWatchBookmarks", "true").with("resourceVersion", resourceVersion);
        return new Watch(stream(Call.of("GET", query.on(resource.path(namespace)))));
    }

    public Json create(Resource resource, Json object) {
        var path = resource.path(object.at("metadata", "namespace").text(""));
        return send(write("POST", path, Query.NONE, "application/json", object));
    }

    /// Replaces an object; with a resourceVersion in it, only if it is still that one.
    public Json update(Resource resource, Json object) {
        return send(write("PUT", resource.path(ObjectKey.of(object)), Query.NONE, "application/json", object));
    }

    public Json updateStatus(Resource resource, Json object) {
        return put(resource, ObjectKey.of(object), "status", object);
    }

    /// Replaces a subresource.
    public Json put(Resource resource, ObjectKey key, String subresource, Json object) {
        return send(write("PUT", resource.path(key) + "/" + subresource, Query.NONE, "application/json", object));
    }

    /// Creates through a subresource: `binding`, `eviction`, `token`.
    public Json post(Resource resource, ObjectKey key, String subresource, Json object) {
        return send(write("POST", resource.path(key) + "/" + subresource, Query.NONE, "application/json", object));
    }

    public Json patch(Resource resource, ObjectKey key, Patch patch) {
        return send(write("PATCH", resource.path(key), Query.NONE, patch.contentType(), patch.body()));
    }

    public Json patch(Resource resource, ObjectKey key, String subresource, Patch patch) {
        return send(write("PATCH", resource.path(key) + "/" + subresource, Query.NONE, patch.contentType(), patch.body()));
    }

    public Json patchStatus(Resource resource, ObjectKey key, Patch patch) {
        return patch(resource, key, "status", patch);
    }

    /// Server-side apply under this client's field manager.
    /// @param force takes over fields that others manage, instead of a conflict
    public Json apply(Resource resource, Json object, boolean force) {
        return applyAt(resource.path(ObjectKey.of(object)), object, force);
    }

    public Json applyStatus(Resource resource, Json object, boolean force) {
        return applyAt(resource.path(ObjectKey.of(object)) + "/status", object, force);
    }

    private Json applyAt(String path, Json object, boolean force) {
        return send(write("PATCH", path, Query.NONE.with("force", force ? "true" : ""), "application/apply-patch+yaml", object));
    }

    /// How many replicas are wanted.
    public int scale(Resource resource, ObjectKey key) {
        return send(Call.of("GET", resource.path(key) + "/scale")).at("spec", "replicas").integer(0);
    }

    public void scale(Resource resource, ObjectKey key, int replicas) {
        patch(resource, key, "scale", Patch.merge("spec", JsonObject.of("replicas", replicas)));
    }

    /// Deletes an object; the answer is the object while something still holds it, otherwise a Status.
    public Json delete(Resource resource, ObjectKey key, DeleteOptions how) {
        return send(write("DELETE", resource.path(key), Query.NONE, "application/json", how.body()));
    }

    /// Deletes an object that may be gone already, or be another by now.
    /// @return whether it was there
    public boolean deleteIfPresent(Resource resource, ObjectKey key, DeleteOptions how) {
        try {
            delete(resource, key, how);
            return true;
        } catch (ApiException refused) {
            if (refused.code() == 404 || refused.code() == 409 && how.uid().isPresent()) return false;
            throw refused;
        }
    }

    /// Deletes what the selection names, a page at a time: the answer holds every object that was asked to go.
    public void deleteAll(Resource resource, String namespace, Selection selection, DeleteOptions how) {
        var page = "";
        do {
            var query = Query.of(selection).with("limit", LIST_PAGE_MAX).with("continue", page);
            page = Page.of(send(write("DELETE", resource.path(namespace), query, "application/json", how.body()))).continue_();
        } while (!page.isEmpty());
    }

    /// The log of a container, as it comes.
    public StreamedAnswer logs(ObjectKey pod, LogOptions how) {
        return stream(Call.of("GET", how.query().on(Resources.PODS.path(pod) + "/log")));
    }

    /// Runs a command in a container; the socket speaks one of the `channel.k8s.io` protocols.
    public ClientSocket exec(ObjectKey pod, ExecOptions how) {
        return webSocket(Call.of("GET", how.query().on(Resources.PODS.path(pod) + "/exec")), ExecOptions.PROTOCOLS);
    }

    public ClientSocket portForward(ObjectKey pod, int port) {
        var path = Query.NONE.with("ports", port).on(Resources.PODS.path(pod) + "/portforward");
        return webSocket(Call.of("GET", path), List.of("v4.channel.k8s.io"));
    }

    /// The answer to a GET of any path, as a tree.
    public Json raw(String target) {
        return send(Call.of("GET", target));
    }

    /// Sends any request as this client's identity; the answer may be a refusal.
    public Answer exchange(Call call) {
        try {
            return transport.exchange(identity.on(call));
        } catch (IOException broken) {
            throw new UncheckedIOException(call + ": " + broken.getMessage(), broken);
        }
    }

    /// Sends bytes that are no object through a subresource, as they are read.
    /// @return what the server made of them
    public Json upload(Resource resource, ObjectKey key, String subresource, InputStream body, long lengthBytes) {
        var call = Call.of("PUT", resource.path(key) + "/" + subresource).header("Content-Type", "application/octet-stream");
        try {
            return read(transport.upload(identity.on(call), body, lengthBytes));
        } catch (IOException broken) {
            throw new UncheckedIOException(call + ": " + broken.getMessage(), broken);
        }
    }

    /// Opens a streamed answer as this client's identity.
    public StreamedAnswer stream(Call call) {
        try {
            var answer = transport.stream(identity.on(call));
            if (answer.isSuccess()) return answer;
            try (answer) {
                throw Failure.of(answer.status(), answer.body().readAllBytes());
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(call + ": " + broken.getMessage(), broken);
        }
    }

    /// Opens a WebSocket as this client's identity.
    public ClientSocket webSocket(Call call, List<String> protocols) {
        try {
            return transport.webSocket(identity.on(call), protocols);
        } catch (IOException broken) {
            throw new UncheckedIOException(call + ": " + broken.getMessage(), broken);
        }
    }

    private Call write(String method, String path, Query query, String contentType, Json body) {
        return Call.of(method, options.on(query).on(path)).body(contentType, body.bytes());
    }

    private Json send(Call call) {
        return read(exchange(call));
    }

    private static Json read(Answer answer) {
        if (!answer.isSuccess()) throw Failure.of(answer.status(), answer.body());
        return answer.body().length == 0 ? Json.NULL : Json.parse(answer.body());
    }
}
