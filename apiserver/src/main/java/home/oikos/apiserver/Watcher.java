package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.store.CompactedException;
import home.oikos.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Answers watches: a replay out of the store, then the resource's broadcast.
final class Watcher {
    private final Store store;
    private final WatchFeeds feeds;
    private final WatchTimers timers;
    private final Clock clock;

    Watcher(Store store, WatchFeeds feeds, WatchTimers timers, Clock clock) {
        this.store = store;
        this.feeds = feeds;
        this.timers = timers;
        this.clock = clock;
    }

    void watch(Request request, Response response, Resource resource, ApiCall call) {
        var accepted = Accepted.choose(request, Accepted.OF_ONE, resource.custom());
        var parameters = ListParameters.read(request, true);
        var fields = call.name().isEmpty() ? parameters.fields() : FieldSelector.ofName(call.name());
        var selection = new Selection(resource, call.namespace(), parameters.labels(), fields);
        var shown = new Representation(accepted, resource, IncludeObject.read(request, accepted), clock);
        var after = Revisions.parseOrInternalError(parameters.resourceVersion());
        Revisions.checkNotFuture(after, store.revision());
        start(response, parameters, selection, shown, after);
    }

    private void start(Response response, ListParameters parameters, Selection selection, Representation shown, long after) {
        var frames = new WatchFrames(selection, shown);
        var initial = after == 0 && parameters.sendInitialEvents().isEmpty() || parameters.sendInitialEvents().orElse(false);
        Supplier<Response.Replay> replay = () -> initial ? state(frames, parameters) : events(frames, after);
        var stop = new AtomicReference<Runnable>(() -> { });
        try {
            var watch = response.watch(shown.streamContentType(), feeds.feed(shown.resource()), replay, frames, () -> stop.get().run());
            Supplier<byte[]> bookmark = parameters.bookmarks() ? () -> shown.bookmark(feeds.published(), false) : null;
            stop.set(timers.start(watch, parameters.timeoutSeconds(), bookmark));
        } catch (ExpiredWatch e) {
            oneError(response, shown, e);
        }
    }

    /// All that is there, as if it had just been added.
    private Response.Replay state(WatchFrames frames, ListParameters parameters) {
        var snapshot = store.snapshot();
        var added = new ArrayList<byte[]>();
        snapshot.range(frames.selection().prefix(), frames.selection().prefix(), entry -> {
            if (frames.selection().includes(entry)) added.add(frames.added(entry));
            return true;
        });
        if (parameters.sendInitialEvents().orElse(false) && parameters.bookmarks()) added.add(frames.shown().bookmark(snapshot.revision(),
                true));
        return new Response.Replay(snapshot.revision(), added);
    }

    /// What has happened since a revision. The bound is read first: what commits meanwhile comes live.
    private Response.Replay events(WatchFrames frames, long after) {
        long upTo = store.revision();
        try {
            // Revision 1 is that of an empty store: whoever asks for it has it from another life of the cluster.
            if (after == 1) throw new CompactedException(after, 2);
            var replayed = new ArrayList<byte[]>();
            for (var event : after == 0 ? store.events(frames.selection().prefix(), upTo) : store.events(frames.selection().prefix(),
                    after)) {
                var frame = event.revision() > upTo ? null : frames.apply(new Change(event));
                if (frame != null) replayed.add(frame);
            }
            return new Response.Replay(upTo, replayed);
        } catch (CompactedException e) {
            throw new ExpiredWatch(Revisions.expired(after, e.oldest()));
        }
    }

    /// A version that is no longer kept is told inside the watch, by one event, as upstream does.
    private static void oneError(Response response, Representation shown, ExpiredWatch e) {
        response.send(200, shown.streamContentType(), shown.event("ERROR", e.status.status().toJson()));
    }

    private static final class ExpiredWatch extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient ApiException status;

        ExpiredWatch(ApiException status) {
            super(status);
            this.status = status;
        }
    }
}
