package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The writes of whole objects: POST, PUT, PATCH, DELETE, and DELETE of a collection.
final class WriteHandlers {
    private final Registry registry;
    private final Deleter deleter;
    private final Decoder decoder;
    private final Reader reader;
    private final Patcher patcher;
    private final Clock clock;

    WriteHandlers(Registry registry, Deleter deleter, Decoder decoder, Reader reader, Patcher patcher, Clock clock) {
        this.registry = registry;
        this.deleter = deleter;
        this.decoder = decoder;
        this.reader = reader;
        this.patcher = patcher;
        this.clock = clock;
    }

    void create(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var accepted = Accepted.choose(request, Accepted.OF_ONE, resource.custom());
        var write = WriteCall.of(resource, call, user(request), WriteOptions.read(request, "CreateOptions"));
        var object = decoder.read(request, write, BodyKind.of(resource));
        checkNamespace(object, write);
        answer(request, response, accepted, write, registry.create(write, object));
    }

    void update(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var accepted = Accepted.choose(request, Accepted.OF_ONE, resource.custom());
        var write = WriteCall.of(resource, call, user(request), WriteOptions.read(request, "UpdateOptions"));
        var object = decoder.read(request, write, BodyKind.of(resource));
        checkName(object, write);
        checkNamespace(object, write);
        var absent = resource.rules().createsOnUpdate() && write.subresource().isEmpty()
                && registry.find(resource, write.namespace(), write.name()).isEmpty();
        answer(request, response, accepted, write, absent ? registry.create(write, object.withoutAt("metadata", "resourceVersion"))
                : registry.update(write, old -> checkedVersion(checkedUid(object, old, write), write)));
    }

    /// Upstream names the resource here where it otherwise names the kind.
    private static JsonObject checkedVersion(JsonObject object, WriteCall write) {
        var rules = write.resource().rules();
        var version = object.at("metadata", "resourceVersion").text("0");
        if (rules.updatesUnconditionally() || !version.equals("0") && !version.isEmpty()) return object;
        var name = write.resource().definition().groupVersionResource();
        throw new ApiException(ApiStatus.invalid(write.resource().definition().groupVersion().kind(name.resource()), write.name(),
                List.of(FieldError.invalid("metadata.resourceVersion", 0, "must be specified for an update"))));
    }

    void patch(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var accepted = Accepted.choose(request, Accepted.OF_ONE, resource.custom());
        var write = WriteCall.of(resource, call, user(request), WriteOptions.readPatch(request));
        answer(request, response, accepted, write, patcher.patch(request, write));
    }

    static User user(Request request) {
        var user = request.attribute(User.class);
        return user == null ? User.anonymous() : user;
    }

    static void checkName(JsonObject object, WriteCall write) {
        var name = object.at("metadata", "name").text("");
        if (name.isEmpty()) {
            throw new ApiException(Reason.BAD_REQUEST, "the name of the object (%s based on URL) was undeterminable: name must be provided",
                    write.name());
        }
        if (!name.equals(write.name())) throw new ApiException(Reason.BAD_REQUEST,
                "the name of the object (%s) does not match the name on the URL (%s)", name, write.name());
    }

    static void checkNamespace(JsonObject object, WriteCall write) {
        var namespace = object.at("metadata", "namespace").text("");
        if (!write.resource().definition().namespaced() || namespace.isEmpty() || namespace.equals(write.namespace())) return;
        throw new ApiException(Reason.BAD_REQUEST, "the namespace of the provided object does not match the namespace sent on the request");
    }

    private static JsonObject checkedUid(JsonObject object, JsonObject old, WriteCall write) {
        var uid = object.at("metadata", "uid").text("");
        var found = old.at("metadata", "uid").text("");
        if (uid.isEmpty() || uid.equals(found)) return object;
        throw new ApiException(ApiStatus.conflict(write.resource().definition().groupVersionResource(), write.name(),
                "Precondition failed: UID in precondition: %s, UID in object meta: %s".formatted(uid, found)));
    }

    void answer(Request request, Response response, Accepted accepted, WriteCall write, Written written) {
        warn(response, write);
        var shown = new Representation(accepted, write.resource(), IncludeObject.read(request, accepted), clock);
        response.send(written.created() ? 201 : 200, shown.contentType(), shown.object(written.stored()));
    }

    static void warn(Response response, WriteCall write) {
        for (var warning : write.warnings()) {
            response.header("Warning", "299 - \"" + warning.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        }
    }

    void delete(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var options = DeleteOptions.read(request);
        var write = WriteCall.of(resource, call, user(request), deleting(options));
        var outcome = deleter.delete(write, options);
        if (outcome.gone() && !resource.rules().showsDeleted()) {
            warn(response, write);
            Answers.status(request, response, ApiStatus.deleted(resource.definition().groupVersionResource(), call.name(),
                    outcome.object().at("metadata", "uid").text("")));
        } else {
            answer(request, response, Accepted.choose(request, Accepted.OF_ONE, resource.custom()), write,
                    new Written(outcome.stored(), false));
        }
    }

    private static WriteOptions deleting(DeleteOptions options) {
        return WriteOptions.own(options.dryRun(), "");
    }

    void deleteCollection(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var accepted = Accepted.choose(request, Set.of(Accepted.Shape.OBJECT, Accepted.Shape.TABLE, Accepted.Shape.METADATA_LIST),
                resource.custom());
        var options = DeleteOptions.read(request);
        var parameters = ListParameters.read(request, false);
        var selection = new Selection(resource, call.namespace(), parameters.labels(), parameters.fields());
        var page = reader.page(resource, parameters, selection);
        var write = WriteCall.of(resource, call, user(request), deleting(options));
        for (var entry : new ArrayList<>(page.entries())) deleteOne(write, options, Resource.name(entry.key()),
                resource.namespace(entry.key()));
        var shown = new Representation(accepted, resource, IncludeObject.read(request, accepted), clock);
        if (shown.copies()) ListAnswer.copy(response, resource, page);
        else response.send(200, shown.contentType(), shown.list(page.metadata(resource.custom()), page.entries()));
    }

    /// Whoever was faster has done what we wanted.
    private void deleteOne(WriteCall write, DeleteOptions options, String name, String namespace) throws IOException {
        try {
            deleter.delete(new WriteCall(write.resource(), namespace, name, "", write.user(), write.options(), write.warnings()), options);
        } catch (ApiException e) {
            if (!e.status().is(Reason.NOT_FOUND)) throw e;
        }
    }
}
