package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Reason;
import home.oikos.http.BodyStalledException;
import home.oikos.http.BodyTooLargeException;
import home.oikos.http.ClientGoneException;
import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.http.OverloadedException;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.store.InboxFullException;
import java.io.IOException;

/// The outermost filter: whatever is thrown below becomes the Status that says so.
final class ErrorFilter implements Filter {
    private static final System.Logger LOG = System.getLogger(ErrorFilter.class.getName());

    @Override
    public void apply(Request request, Response response, Handler next) throws Exception {
        try {
            next.handle(request, response);
        } catch (ApiException e) {
            answer(request, response, e.status());
        } catch (ExpiredPage e) {
            response.send(410, "application/json", e.status().bytes());
        } catch (BodyTooLargeException _) {
            answer(request, response, ApiStatus.failure(Reason.REQUEST_ENTITY_TOO_LARGE, "Request entity too large: limit is "
                    + RequestBody.BYTES_MAX));
        } catch (InboxFullException | OverloadedException e) {
            answer(request, response, ApiStatus.tooManyRequests(e.getMessage(), 1));
        } catch (ClientGoneException | BodyStalledException e) {
            throw e;                                        // the server below knows what to do with a client that does not go on
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, request.method() + " " + request.path() + " failed", e);
            answer(request, response, ApiStatus.internalError(String.valueOf(e.getMessage())));
        }
    }

    private static void answer(Request request, Response response, ApiStatus status) {
        if (!response.isAnswered()) Answers.status(request, response, status);
    }
}
