package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Resource;

/// One object of a manifest on its way to the API.
public final class Manifest {
    private Manifest() { }

    /// Applies the object on the server's side.
    /// @param namespace where it goes when it names none and its kind wants one
    /// @param force takes over fields that others manage
    /// @throws Refusal when the API has no such kind
    public static Json apply(ApiClient client, Json object, String namespace, boolean force) {
        var resource = resource(client, object);
        boolean placed = !resource.namespaced() || object.at("metadata", "namespace").isPresent();
        return client.apply(resource, placed ? object : object.object().withAt(namespace, "metadata", "namespace"), force);
    }

    static Resource resource(ApiClient client, Json object) {
        var apiVersion = object.at("apiVersion").text("");
        var kind = object.at("kind").text("");
        if (ObjectKey.of(object).name().isEmpty()) throw new Refusal("metadata.name: expected one, found none");
        return Kind.of(client).of(apiVersion, kind)
                .orElseThrow(() -> new Refusal("this home knows no %s of %s".formatted(kind.isEmpty() ? "kind" : kind, apiVersion)));
    }
}
