package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.http.Request;
import home.oikos.http.Response;

/// `/status` and other subresources that are the object itself, of which a write may change a part only.
final class PartHandler implements SubresourceHandler {
    private final Reader reader;
    private final WriteHandlers writes;

    PartHandler(Reader reader, WriteHandlers writes) {
        this.reader = reader;
        this.writes = writes;
    }

    @Override
    public void handle(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        switch (call.verb()) {
            case "get" -> reader.get(request, response, resource, call);
            case "update" -> writes.update(request, response, resource, call);
            case "patch" -> writes.patch(request, response, resource, call);
            default -> throw new ApiException(ApiStatus.methodNotAllowed());
        }
    }
}
