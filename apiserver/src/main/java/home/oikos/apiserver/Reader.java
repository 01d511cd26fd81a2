package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Reason;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.store.CompactedException;
import home.oikos.store.Entry;
import home.oikos.store.Snapshot;
import home.oikos.store.Store;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;

/// GET of one object and of a list, out of the store's snapshots.
final class Reader {
    private final Store store;
    private final Clock clock;

    Reader(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// @throws ApiException when it is not there
    Entry entry(Resource resource, ApiCall call) {
        return store.snapshot().get(resource.key(call.namespace(), call.name())).orElseThrow(() -> notFound(resource, call.name()));
    }

    static ApiException notFound(Resource resource, String name) {
        return new ApiException(ApiStatus.notFound(resource.definition().groupVersionResource(), name));
    }

    void get(Request request, Response response, Resource resource, ApiCall call) {
        var accepted = Accepted.choose(request, Accepted.OF_ONE, resource.custom());
        var asked = Revisions.parseOrInternalError(request.parameter("resourceVersion").orElse(""));
        var entry = entry(resource, call);
        Revisions.checkNotFuture(asked, store.revision());
        var shown = new Representation(accepted, resource, IncludeObject.read(request, accepted), clock);
        response.send(200, shown.contentType(), shown.object(entry.value()));
    }

    void list(Request request, Response response, Resource resource, ApiCall call) throws IOException {
        var accepted = Accepted.choose(request, Accepted.OF_MANY, resource.custom());
        var parameters = ListParameters.read(request, false);
        var selection = new Selection(resource, call.namespace(), parameters.labels(), parameters.fields());
        var shown = new Representation(accepted, resource, IncludeObject.read(request, accepted), clock);
        var page = page(resource, parameters, selection);
        if (shown.copies()) ListAnswer.copy(response, resource, page);
        else response.send(200, shown.contentType(), shown.list(page.metadata(resource.custom()), page.entries()));
    }

    Page page(Resource resource, ListParameters parameters, Selection selection) {
        if (!parameters.continueToken().isEmpty()) return continued(resource, parameters, selection);
        var asked = Revisions.parse(parameters.resourceVersion());
        if (asked < 0) throw new ApiException(Reason.BAD_REQUEST, "invalid resource version: %s",
                Revisions.invalid(parameters.resourceVersion()));
        Revisions.checkNotFuture(asked, store.revision());
        var exact = parameters.match().equals("Exact") || asked > 0 && parameters.limit() > 0 && parameters.match().isEmpty();
        return collect(exact ? snapshot(asked, resource, null) : store.snapshot(), selection.prefix(), parameters.limit(), resource,
                selection);
    }

    private Page continued(Resource resource, ListParameters parameters, Selection selection) {
        if (!parameters.resourceVersion().isEmpty() && !parameters.resourceVersion().equals("0")) {
            throw new ApiException(Reason.BAD_REQUEST, "specifying resource version is not allowed when using continue");
        }
        var token = ContinueToken.decode(parameters.continueToken());
        var snapshot = token.revision() == 0 ? store.snapshot() : snapshot(token.revision(), resource, token);
        return collect(snapshot, resource.prefix() + token.start(), parameters.limit(), resource, selection);
    }

    /// A client whose page has expired is told how to go on at the price of pages that do not fit together.
    private Snapshot snapshot(long revision, Resource resource, ContinueToken token) {
        try {
            Revisions.checkNotFuture(revision, store.revision());
            return store.snapshot(revision);
        } catch (CompactedException e) {
            if (token == null) throw Revisions.expired(revision, e.oldest());
            throw new ExpiredPage(token);
        }
    }

    private static Page collect(Snapshot snapshot, String from, long limit, Resource resource, Selection selection) {
        var entries = new ArrayList<Entry>();
        var next = new String[1];
        snapshot.range(selection.prefix(), from, entry -> {
            if (!selection.includes(entry)) return true;
            if (limit > 0 && entries.size() == limit) {
                next[0] = entry.key();
                return false;
            }
            return entries.add(entry);
        });
        if (next[0] == null) return new Page(snapshot.revision(), entries, "", -1);
        var token = new ContinueToken(snapshot.revision(), next[0].substring(resource.prefix().length()));
        return new Page(snapshot.revision(), entries, token.encode(), selection.isAll() ? remaining(snapshot, selection.prefix(), next[0])
                : -1);
    }

    private static long remaining(Snapshot snapshot, String prefix, String from) {
        var count = new long[1];
        snapshot.range(prefix, from, _ -> ++count[0] > 0);
        return count[0];
    }
}
