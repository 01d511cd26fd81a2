package home.oikos.gateway;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.driver.Delivery;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes statuses to the API, the newest of each object, one after another, and then acknowledges the messages they hold. [#offer] may be
/// called from any thread; [#runOnce] belongs to one.
final class StatusPublisher {
    private final ApiClient client;
    private final ApiClient relaxed;
    private final Map<Target, Draft> pending = new LinkedHashMap<>();
    private final Map<Target, JsonObject> written = new HashMap<>();

    /// Which object; another of the same name has another uid.
    record Target(Resource resource, ObjectKey key, String uid) { }

    /// What is to be written, and what follows once it is.
    /// @param expendable what of it need not be on the disk by then
    record Draft(JsonObject status, Expendable expendable, List<Delivery> deliveries, Runnable committed) {
        Draft {
            deliveries = List.copyOf(deliveries);
        }
    }

    /// What became of one step.
    enum Step { NOTHING_TO_DO, WRITTEN, FAILED }

    StatusPublisher(ApiClient client) {
        this.client = client;
        this.relaxed = client.relaxed();
    }

    /// Tells what the API holds already, so that only differences are written.
    synchronized void known(Target target, JsonObject status) {
        written.putIfAbsent(target, status);
    }

    synchronized void offer(Target target, Draft draft) {
        var before = pending.get(target);
        pending.put(target, before == null ? draft : both(before, draft));
        notifyAll();
    }

    private static Draft both(Draft before, Draft after) {
        var deliveries = new ArrayList<>(before.deliveries());
        deliveries.addAll(after.deliveries());
        return new Draft(after.status(), after.expendable(), deliveries, after.committed());
    }

    synchronized void forget(ObjectKey key, Resource resource) {
        written.keySet().removeIf(target -> target.key().equals(key) && target.resource().equals(resource));
    }

    synchronized void awaitWork() throws InterruptedException {
        while (pending.isEmpty()) wait();
    }

    private synchronized Map.Entry<Target, Draft> take() {
        var first = pending.entrySet().iterator();
        if (!first.hasNext()) return null;
        var taken = Map.entry(first.next().getKey(), pending.values().iterator().next());
        pending.remove(taken.getKey());
        return taken;
    }

    /// Writes one status. What could not be written stays to be tried again; what the API refuses, or no longer has, is let go.
    Step runOnce() {
        var next = take();
        if (next == null) return Step.NOTHING_TO_DO;
        try {
            write(next.getKey(), next.getValue());
        } catch (UncheckedIOException away) {
            putBack(next.getKey(), next.getValue());
            return Step.FAILED;
        } catch (ApiException refused) {
            if (isTemporary(refused)) {
                putBack(next.getKey(), next.getValue());
                return Step.FAILED;
            }
            forget(next.getKey().key(), next.getKey().resource());
        }
        next.getValue().deliveries().forEach(Delivery::acknowledge);
        next.getValue().committed().run();
        return Step.WRITTEN;
    }

    private static boolean isTemporary(ApiException refused) {
        return refused.code() >= 500 || refused.code() == 429 || refused.code() == 409 || refused.code() == 401 || refused.code() == 403;
    }

    private synchronized void putBack(Target target, Draft draft) {
        var newer = pending.remove(target);
        pending.put(target, newer == null ? draft : both(draft, newer));
    }

    private void write(Target target, Draft draft) {
        JsonObject before;
        synchronized (this) {
            before = written.getOrDefault(target, JsonObject.EMPTY);
        }
        var patch = Status.mergePatch(before, draft.status());
        var writer = draft.expendable().covers(patch) ? relaxed : client;
        if (!patch.isEmpty()) writer.patchStatus(target.resource(), target.key(), Patch.merge("status", patch));
        synchronized (this) {
            written.put(target, draft.status());
        }
    }
}
