package home.oikos.rollout;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What rollouts see of the API: as far as the watches have brought it, or as it is this moment.
record Caches(Cache<Rollout> rollouts, Cache<Appliance> devices, Cache<Image> images) {
    Neighbourhood of(String namespace) {
        return new Neighbourhood(in(namespace, rollouts, Rollout::key), in(namespace, devices, Appliance::key), in(namespace, images, Image::key));
    }

    private static <T> List<T> in(String namespace, Cache<T> cache, Function<T, ObjectKey> key) {
        return cache.all().stream().filter(each -> key.apply(each).namespace().equals(namespace)).toList();
    }

    static Neighbourhood fresh(ApiClient client, String namespace) {
        return new Neighbourhood(all(client, Rollout.RESOURCE, namespace, Rollout::read), all(client, RolloutReconciler.DEVICES, namespace, Appliance::read),
                all(client, RolloutReconciler.FIRMWARES, namespace, Image::read));
    }

    private static <T> List<T> all(ApiClient client, Resource resource, String namespace, Function<Json, T> read) {
        var all = new ArrayList<T>();
        client.list(resource, namespace).forEach(object -> all.add(read.apply(object)));
        return all;
    }
}
