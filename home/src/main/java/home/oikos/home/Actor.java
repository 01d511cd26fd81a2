package home.oikos.home;

import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.controller.Reference;

/// In whose name [Hands] act: a rule, the ServiceAccount of its namespace whose rights it has, and the name under which it manages fields.
public record Actor(Reference about, String serviceAccountName, String fieldManager) {
    /// A client with the actor's rights and under its name.
    public ApiClient client(ApiClient client) {
        return client.asServiceAccount(new ObjectKey(about.key().namespace(), serviceAccountName)).fieldManager(fieldManager);
    }
}
