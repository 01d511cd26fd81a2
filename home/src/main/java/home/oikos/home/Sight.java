package home.oikos.home;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelContext;
import home.oikos.cel.CelException;
import home.oikos.cel.DeviceReference;
import home.oikos.cel.DeviceValues;
import home.oikos.cel.References;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/// What a rule can see: devices of its own namespace from the cache; everything else with the rights of its ServiceAccount.
public record Sight(ApiClient client, Cache<Device> devices, ResourceMap resources) {
    public CelContext from(String namespace, String serviceAccountName, Instant now) {
        var account = client.asServiceAccount(new ObjectKey(namespace, serviceAccountName));
        return CelContext.of(name -> device(account, namespace, name, now), (apiVersion, kind, name) -> object(account, namespace,
                new TargetRef(apiVersion, kind, TargetRef.key(namespace, name))));
    }

    private DeviceValues device(ApiClient account, String namespace, String name, Instant now) {
        var key = TargetRef.key(namespace, name);
        var device = key.namespace().equals(namespace) ? devices.get(key) : seen(() -> account.find(Kinds.DEVICES, key)).map(Device::read);
        return device.orElseThrow(() -> new CelException("there is no device " + name)).at(now);
    }

    private Json object(ApiClient account, String namespace, TargetRef target) {
        return seen(() -> account.find(resources.of(target.apiVersion(), target.kind()), target.key()))
                .orElseThrow(() -> new CelException("there is no " + target));
    }

    private static <T> T seen(Supplier<T> look) {
        try {
            return look.get();
        } catch (ApiException refused) {
            throw new CelException(refused.getMessage());
        }
    }

    /// Whether a device is one that these references read.
    static boolean reads(References references, String namespace, ObjectKey device) {
        return !references.complete() || references.devices().stream().anyMatch(read -> TargetRef.key(namespace, read.device()).equals(device));
    }

    /// The values that an expression looks at, for people.
    JsonObject values(References references, String namespace) {
        var values = JsonObject.EMPTY;
        for (var read : inOrder(references)) {
            if (read.part() != DeviceReference.Part.REPORTED) continue;
            var device = devices.get(TargetRef.key(namespace, read.device()));
            if (device.isPresent()) values = values.with(read.toString(), device.get().reported().at(read.property(), "value"));
        }
        return values;
    }

    private static List<DeviceReference> inOrder(References references) {
        var sorted = new ArrayList<>(references.devices());
        sorted.sort(Comparator.comparing(DeviceReference::toString));
        return sorted;
    }
}
