package home.oikos.apiserver;

import home.oikos.http.Request;
import home.oikos.http.Response;

/// Answers calls to one subresource of any resource that has it.
@FunctionalInterface
interface SubresourceHandler {
    void handle(Request request, Response response, Resource resource, ApiCall call) throws Exception;
}
