package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import home.oikos.http.Request;
import home.oikos.http.Response;

/// Answers a POST of which nothing is stored: what was sent comes back with its answer.
final class ReviewHandler implements SubresourceHandler {
    /// Works out the answer.
    @FunctionalInterface
    interface Review {
        JsonObject answer(JsonObject review, ApiCall call, User user);
    }

    private final Decoder decoder;
    private final Review review;

    ReviewHandler(Decoder decoder, Review review) {
        this.decoder = decoder;
        this.review = review;
    }

    @Override
    public void handle(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var accepted = Accepted.choose(request, Accepted.OBJECT_ONLY, false);
        var user = WriteHandlers.user(request);
        var write = WriteCall.of(resource, call, user, WriteOptions.read(request, "CreateOptions"));
        var kind = call.subresource().isEmpty() ? resource.kind() : resource.definition().subresource(call.subresource()).orElseThrow().kind();
        var sent = decoder.read(request, write, BodyKind.builtIn(kind));
        var metadata = sent.at("metadata").object();
        var answer = review.answer(sent.with("metadata", metadata), call, user);
        WriteHandlers.warn(response, write);
        response.send(201, accepted.type().text(), WireFormat.encode(accepted.type(), answer));
    }
}
