package home.oikos.workloads;

import home.oikos.api.ObjectKey;
import home.oikos.client.Cache;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Keeps a controller from acting twice on what its cache does not show yet: an owner is at rest until every object made for it has been
/// seen and every one deleted for it has gone. Noted before the request is sent, because the event may overtake the answer.
final class Expectations {
    /// An event can be lost between two lists (made and deleted again while the watch was down); after this the cache is believed.
    static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private final Map<ObjectKey, Pending> byOwner = new HashMap<>();
    private final Map<ObjectKey, ObjectKey> ownerOf = new HashMap<>();

    private static final class Pending {
        private final Set<ObjectKey> creations = new HashSet<>();
        private final Set<ObjectKey> deletions = new HashSet<>();
        private Instant since;
    }

    /// Watches the cache of what is made.
    static Expectations over(Cache<Pod> pods) {
        var expectations = new Expectations();
        pods.onChange((key, _, after) -> expectations.changed(key, after == null || after.metadata().deleting()));
        return expectations;
    }

    synchronized void creating(ObjectKey owner, ObjectKey made, Instant now) {
        pending(owner, now).creations.add(made);
        ownerOf.put(made, owner);
    }

    synchronized void deleting(ObjectKey owner, ObjectKey gone, Instant now) {
        pending(owner, now).deletions.add(gone);
        ownerOf.put(gone, owner);
    }

    private Pending pending(ObjectKey owner, Instant now) {
        var pending = byOwner.computeIfAbsent(owner, _ -> new Pending());
        pending.since = now;
        return pending;
    }

    /// The request failed: nothing is to be waited for.
    synchronized void failed(ObjectKey object) {
        settle(object, true, true);
    }

    private synchronized void changed(ObjectKey object, boolean going) {
        settle(object, true, going);
    }

    private void settle(ObjectKey object, boolean created, boolean deleted) {
        var owner = ownerOf.get(object);
        if (owner == null) return;
        var pending = byOwner.get(owner);
        if (created) pending.creations.remove(object);
        if (deleted) pending.deletions.remove(object);
        if (!pending.creations.contains(object) && !pending.deletions.contains(object)) ownerOf.remove(object);
        if (pending.creations.isEmpty() && pending.deletions.isEmpty()) byOwner.remove(owner);
    }

    /// Whether the cache shows everything that was done for that owner.
    synchronized boolean areMet(ObjectKey owner, Instant now) {
        var pending = byOwner.get(owner);
        if (pending == null) return true;
        if (pending.since.plus(WAIT_MAX).isAfter(now)) return false;
        forget(owner);
        return true;
    }

    synchronized void forget(ObjectKey owner) {
        byOwner.remove(owner);
        ownerOf.values().removeIf(owner::equals);
    }
}
