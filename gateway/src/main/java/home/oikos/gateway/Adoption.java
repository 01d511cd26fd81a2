package home.oikos.gateway;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.driver.Announcement;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/// Shows discovered devices as Device objects without a model, which keeps them quarantined. Whoever sets `spec.modelName` to the name
/// in `status.announcement` adopts the device: its model is made here from what it said of itself, unless there is one already.
final class Adoption {
    static final String DISCOVERED = "oikos.home/discovered";

    private final ApiClient client;
    private final String namespace;
    private final ArrayDeque<Runnable> work = new ArrayDeque<>();

    Adoption(ApiClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    void announced(String protocol, Announcement announcement) {
        add(() -> show(protocol, announcement));
    }

    void withdrawn(String id) {
        add(() -> hide(id));
    }

    private synchronized void add(Runnable step) {
        work.addLast(step);
        notifyAll();
    }

    private synchronized Runnable next() throws InterruptedException {
        while (work.isEmpty()) wait();
        return work.peekFirst();
    }

    private synchronized void done() {
        work.removeFirst();
    }

    /// Works until the thread is interrupted.
    void run(Duration retry) {
        try {
            while (true) {
                var step = next();
                if (attempt(step)) done();
                else TimeUnit.MILLISECONDS.sleep(retry.toMillis());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// A refusal is final, an API that is away is not.
    private static boolean attempt(Runnable step) {
        try {
            step.run();
            return true;
        } catch (ApiException refused) {
            return refused.code() < 500 && refused.code() != 429;
        } catch (UncheckedIOException away) {
            return false;
        }
    }

    private void show(String protocol, Announcement announcement) {
        var key = new ObjectKey(namespace, announcement.name());
        var there = client.find(Kinds.DEVICES, key);
        if (there.isPresent() && !there.get().at("status", "announcement", "id").text("").equals(announcement.id())) {
            key = new ObjectKey(namespace, announcement.name() + "-" + Integer.toHexString(announcement.id().hashCode() & 0xffff));
            there = client.find(Kinds.DEVICES, key);
        }
        if (there.isEmpty()) client.create(Kinds.DEVICES, device(key, protocol, announcement));
        client.patchStatus(Kinds.DEVICES, key, Patch.merge("status", JsonObject.of("announcement", JsonObject.of("id", announcement.id(),
                "modelName", announcement.modelName(), "model", announcement.model()))));
    }

    private static JsonObject device(ObjectKey key, String protocol, Announcement announcement) {
        return JsonObject.of("apiVersion", Kinds.GROUP_VERSION, "kind", "Device",
                "metadata", JsonObject.of("namespace", key.namespace(), "name", key.name(), "labels", JsonObject.of(DISCOVERED, "true")),
                "spec", JsonObject.of("room", announcement.room().isEmpty() ? null : announcement.room(),
                        "connection", JsonObject.of(protocol, announcement.connection())));
    }

    private void hide(String id) {
        for (var device : client.list(Kinds.DEVICES, namespace)) {
            boolean untouched = device.at("metadata", "labels", DISCOVERED).isPresent() && device.at("spec", "modelName").isNull();
            if (untouched && device.at("status", "announcement", "id").text("").equals(id)) {
                client.deleteIfPresent(Kinds.DEVICES, ObjectKey.of(device), DeleteOptions.ofUid(device.at("metadata", "uid").text("")));
            }
        }
    }

    /// Makes the model of a device that was just adopted.
    void adopt(DeviceSpec device) {
        add(() -> {
            var announcement = client.get(Kinds.DEVICES, device.key()).at("status", "announcement");
            if (!announcement.at("modelName").text("").equals(device.modelName())) return;
            if (client.find(Kinds.DEVICE_MODELS, ObjectKey.clusterScoped(device.modelName())).isPresent()) return;
            client.create(Kinds.DEVICE_MODELS, JsonObject.of("apiVersion", Kinds.GROUP_VERSION, "kind", "DeviceModel",
                    "metadata", JsonObject.of("name", device.modelName()), "spec", announcement.at("model")));
        });
    }
}
