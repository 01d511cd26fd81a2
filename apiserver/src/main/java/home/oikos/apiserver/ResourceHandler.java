package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.GroupVersion;
import home.oikos.api.Reason;
import home.oikos.api.StatusDetails;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.util.Map;

/// Answers calls to resources: finds what is meant, checks that it allows the verb, and hands on.
final class ResourceHandler implements Handler {
    private final Resources resources;
    private final Reader reader;
    private final Watcher watcher;
    private final WriteHandlers writes;
    private final Map<String, SubresourceHandler> subresources;
    private final Map<String, SubresourceHandler> reviews;

    /// @param subresources who answers for a subresource, by its name
    /// @param reviews who answers a POST of which nothing is stored, by the qualified name of the resource
    ResourceHandler(Resources resources, Reader reader, Watcher watcher, WriteHandlers writes, Map<String, SubresourceHandler> subresources,
            Map<String, SubresourceHandler> reviews) {
        this.resources = resources;
        this.reader = reader;
        this.watcher = watcher;
        this.writes = writes;
        this.subresources = Map.copyOf(subresources);
        this.reviews = Map.copyOf(reviews);
    }

    @Override
    public void handle(Request request, Response response) throws Exception {
        var call = request.attribute(ApiCall.class);
        var groupVersion = new GroupVersion(call.group(), call.version());
        var resource = resources.find(groupVersion, call.resource()).orElse(null);
        if (resource == null) {
            if (!call.group().isEmpty() && !resources.hasGroup(call.group())) Answers.noSuchPath(response);
            else throw noSuchResource();
        } else if (isOutOfScope(resource, call)) {
            throw noSuchResource();
        } else if (NameSyntax.pathSegmentError(call.name()) != null) {
            throw new ApiException(Reason.BAD_REQUEST, "Name parameter invalid: \"%s\": %s", call.name(),
                    NameSyntax.pathSegmentError(call.name()));
        } else if (call.subresource().isEmpty()) {
            onObject(request, response, resource, call);
        } else {
            onSubresource(request, response, resource, call);
        }
    }

    /// A cluster-scoped resource below a namespace is none: who may do everything there must not reach it so (CVE-2019-11247).
    private static boolean isOutOfScope(Resource resource, ApiCall call) {
        var isNamespaceItself = call.group().isEmpty() && call.resource().equals("namespaces");
        return !resource.definition().namespaced() && !call.namespace().isEmpty() && !isNamespaceItself;
    }

    static ApiException noSuchResource() {
        return new ApiException(ApiStatus.failure(Reason.NOT_FOUND, "the server could not find the requested resource",
                StatusDetails.EMPTY));
    }

    private void onObject(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var method = request.method();
        if (method.equals("HEAD") || method.equals("OPTIONS")
                || !resource.definition().allows(call.verb())) throw new ApiException(ApiStatus.methodNotAllowed());
        var named = !call.name().isEmpty();
        var needsNamespace = resource.definition().namespaced() && call.namespace().isEmpty();
        switch (call.verb()) {
            case "get" -> reader.get(request, response, resource, call);
            case "list" -> reader.list(request, response, resource, call);
            case "watch" -> {
                if (Sockets.wanted(request)) new WatchSocket(watcher, resource, call).answer(request, response);
                else watcher.watch(request, response, resource, call);
            }
            case "create" -> {
                if (named || needsNamespace) throw new ApiException(ApiStatus.methodNotAllowed());
                create(request, response, resource, call);
            }
            case "deletecollection" -> {
                if (needsNamespace) throw new ApiException(ApiStatus.methodNotAllowed());
                writes.deleteCollection(request, response, resource, call);
            }
            default -> {
                if (!named || needsNamespace) throw new ApiException(ApiStatus.methodNotAllowed());
                change(request, response, resource, call);
            }
        }
    }

    private void create(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var review = reviews.get(call.qualifiedResource());
        if (review != null) review.handle(request, response, resource, call);
        else writes.create(request, response, resource, call);
    }

    private void change(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        switch (call.verb()) {
            case "update" -> writes.update(request, response, resource, call);
            case "patch" -> writes.patch(request, response, resource, call);
            case "delete" -> writes.delete(request, response, resource, call);
            default -> throw new ApiException(ApiStatus.methodNotAllowed());
        }
    }

    private void onSubresource(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var subresource = resource.definition().subresource(call.subresource())
                .orElseThrow(() -> resource.custom() ? Reader.notFound(resource, call.name()) : noSuchResource());
        var handler = subresources.get(call.subresource());
        if (resource.custom() && !subresource.verbs().contains(call.verb())) {
            throw new ApiException(ApiStatus.methodNotAllowed(resource.definition().groupVersionResource(), call.verb()));
        }
        if (handler == null || !subresource.verbs().contains(call.verb())) throw new ApiException(ApiStatus.methodNotAllowed());
        handler.handle(request, response, resource, call);
    }
}
