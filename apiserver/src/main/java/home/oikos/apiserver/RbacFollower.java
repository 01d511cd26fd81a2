package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.store.Entry;
import home.oikos.store.Event;
import home.oikos.store.Store;
import java.util.List;

/// Keeps a [RbacView] as the store has it. A write that was acknowledged is in the view, because the store is heard before it answers.
final class RbacFollower implements AutoCloseable {
    private static final String PREFIX = "/registry/rbac.authorization.k8s.io/";

    private final RbacView view;
    private final AutoCloseable listening;

    private RbacFollower(Store store, RbacView view) {
        this.view = view;
        // An event heard before it is found in the snapshot is applied twice, in order, which changes nothing.
        synchronized (view) {
            listening = store.listen(this::heard);
            store.snapshot().range(PREFIX, PREFIX, entry -> {
                set(entry.key(), entry);
                return true;
            });
            view.publish();
        }
    }

    static RbacFollower follow(Store store, RbacView view) {
        return new RbacFollower(store, view);
    }

    private void heard(List<Event> events) {
        var changes = events.stream().filter(event -> event.key().startsWith(PREFIX)).toList();
        if (changes.isEmpty()) return;
        synchronized (view) {
            for (var event : changes) set(event.key(), event.entry());
            view.publish();
        }
    }

    private void set(String key, Entry entry) {
        var parts = key.substring(PREFIX.length()).split("/");
        var namespace = parts.length == 3 ? parts[1] : "";
        view.set(parts[0], namespace, parts[parts.length - 1], entry == null ? null : Json.parse(entry.value()));
    }

    @Override
    public void close() throws Exception {
        listening.close();
    }
}
