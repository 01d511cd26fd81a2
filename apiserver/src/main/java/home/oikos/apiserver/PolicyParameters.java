package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the objects that a binding gives a policy as its parameters.
record PolicyParameters(Store store, Resources resources) {
    /// @return each of them; one null where the policy has none, and nothing where the binding lets that pass
    /// @throws Unconfigured when there are none and the binding says Deny
    List<Json> of(Json policy, Json binding, String namespace) throws Unconfigured {
        var kind = policy.at("spec", "paramKind");
        var reference = binding.at("spec", "paramRef");
        if (kind.isNull() || reference.isNull()) {
            var none = new ArrayList<Json>();
            none.add(Json.NULL);
            return none;
        }
        var wanted = GroupVersion.parse(kind.at("apiVersion").text("")).kind(kind.at("kind").text(""));
        var resource = resources.find(wanted).orElseThrow(() -> new Unconfigured("failed to find resource referenced by paramKind: '"
                + wanted.apiVersion() + ", Kind=" + wanted.kind() + "'"));
        var found = objects(resource, reference, reference.at("namespace").text(namespace));
        if (found.isEmpty() && !reference.at("parameterNotFoundAction").text("Deny").equals("Allow")) {
            throw new Unconfigured("no params found for policy binding with `Deny` parameterNotFoundAction");
        }
        return found;
    }

    private List<Json> objects(Resource resource, Json reference, String namespace) {
        var name = reference.at("name").text("");
        if (!name.isEmpty()) return found(resource, namespace, name).map(List::<Json>of).orElse(List.of());
        var selector = LabelSelector.of(reference.at("selector"));
        var found = new ArrayList<Json>();
        var prefix = resource.prefix(namespace);
        store.snapshot().range(prefix, prefix, entry -> {
            if (selector.matches(Selectable.of(entry, resource).labels())) found.add(served(resource, ObjectBytes.tree(entry)));
            return true;
        });
        return found;
    }

    private Optional<Json> found(Resource resource, String namespace, String name) {
        return store.snapshot().get(resource.key(namespace, name)).map(entry -> served(resource, ObjectBytes.tree(entry)));
    }

    private static Json served(Resource resource, JsonObject stored) {
        return resource.rules().served(stored, resource);
    }

    /// A binding that cannot be followed.
    static final class Unconfigured extends Exception {
        private static final long serialVersionUID = 1;

        Unconfigured(String message) {
            super("failed to configure binding: " + message);
        }
    }
}
