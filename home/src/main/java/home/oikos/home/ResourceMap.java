package home.oikos.home;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Discovery;
import home.oikos.client.Resource;
import java.util.HashMap;
import java.util.Map;

/// Finds the resource of a kind by asking the server what it serves, and asks again when a kind is new. Any thread may ask.
public final class ResourceMap {
    private final ApiClient client;
    private final Map<Kind, Resource> known = new HashMap<>();

    private record Kind(String apiVersion, String kind) { }

    public ResourceMap(ApiClient client) {
        this.client = client;
    }

    public synchronized Resource of(String apiVersion, String kind) {
        var wanted = new Kind(apiVersion, kind);
        if (!known.containsKey(wanted)) refresh();
        var found = known.get(wanted);
        if (found == null) throw new ApiException(Reason.NOT_FOUND, "the server knows no %s in %s".formatted(kind, apiVersion));
        return found;
    }

    private void refresh() {
        for (var served : Discovery.preferred(client)) known.put(new Kind(served.resource().apiVersion(), served.resource().kind()), served.resource());
    }
}
