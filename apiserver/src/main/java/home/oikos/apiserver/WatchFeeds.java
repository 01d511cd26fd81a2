package home.oikos.apiserver;

import home.oikos.http.Broadcast;
import home.oikos.store.Event;
import home.oikos.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Brings the store's commits to watchers: one broadcast for each resource that is watched. [#published] runs on the store's writer thread.
final class WatchFeeds implements AutoCloseable {
    private final Map<String, Broadcast<Change>> feeds = new ConcurrentHashMap<>();
    private final AutoCloseable listening;
    private volatile long published;

    WatchFeeds(Store store) {
        published = store.revision();
        listening = store.listen(this::publish);
    }

    Broadcast<Change> feed(Resource resource) {
        return feeds.computeIfAbsent(resource.prefix(), _ -> Broadcast.of(Change::revision));
    }

    /// A revision up to which every watcher has been handed its events: safe to put into a bookmark.
    long published() {
        return published;
    }

    int watchers() {
        return feeds.values().stream().mapToInt(Broadcast::watchers).sum();
    }

    private void publish(List<Event> events) {
        if (events.size() == 1) publishOne(events.getFirst());
        else publishMany(events);
        published = events.getLast().revision();
    }

    private void publishOne(Event event) {
        var feed = feeds.get(prefix(event.key()));
        if (feed != null && feed.watchers() > 0) feed.publish(List.of(new Change(event)));
    }

    private void publishMany(List<Event> events) {
        var byFeed = new LinkedHashMap<Broadcast<Change>, List<Change>>();
        for (var event : events) {
            var feed = feeds.get(prefix(event.key()));
            if (feed != null && feed.watchers() > 0) byFeed.computeIfAbsent(feed, _ -> new ArrayList<>()).add(new Change(event));
        }
        byFeed.forEach(Broadcast::publish);
    }

    /// `/registry/GROUP/PLURAL/` of a key.
    private static String prefix(String key) {
        int afterGroup = key.indexOf('/', "/registry/".length());
        return key.substring(0, key.indexOf('/', afterGroup + 1) + 1);
    }

    @Override
    public void close() throws Exception {
        listening.close();
    }
}
