package home.oikos.gateway;

import home.oikos.api.ObjectKey;

/// How one object names another: `name` in its own namespace, or `namespace/name`.
final class Names {
    private Names() { }

    static ObjectKey device(String namespace, String written) {
        var parsed = ObjectKey.parse(written);
        return parsed.namespace().isEmpty() ? new ObjectKey(namespace, parsed.name()) : parsed;
    }
}
