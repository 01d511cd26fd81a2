package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.util.Optional;

/// What of the API a pod may refer to.
interface PodSources {
    Optional<Json> configMap(ObjectKey key);

    Optional<Json> secret(ObjectKey key);

    Optional<Json> claim(ObjectKey key);

    /// A PersistentVolume.
    Optional<Json> volume(String name);

    /// A new token of a ServiceAccount, as the answer of its `token` subresource.
    Json token(ObjectKey serviceAccount, JsonObject request);
}
