package home.oikos.apiserver;

import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;

/// Puts the [ApiCall] and an empty [AuditNotes] on the request, for all filters after it.
final class CallFilter implements Filter {
    @Override
    public void apply(Request request, Response response, Handler next) throws Exception {
        request.attribute(ApiCall.class, ApiPath.read(request));
        var notes = new AuditNotes();
        request.attribute(AuditNotes.class, notes);
        notes.during(() -> {
            next.handle(request, response);
            return null;
        });
    }
}
