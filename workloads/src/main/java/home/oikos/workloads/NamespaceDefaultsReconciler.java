package home.oikos.workloads;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.controller.MergeDifference;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.util.Map;

/// Gives every namespace its `default` ServiceAccount and the ConfigMap with the CA that pods trust, and gives them back when they are
/// deleted or changed. The key is the namespace's.
final class NamespaceDefaultsReconciler implements Reconciler {
    static final String ACCOUNT = "default";
    static final String ROOT_CA = "kube-root-ca.crt";
    /// The words of Kubernetes, which its conformance tests read.
    private static final String DESCRIPTION = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal "
            + "endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of "
            + "Kubernetes clusters.";
    private static final Map<String, String> ANNOTATIONS = Map.of("kubernetes.io/description", DESCRIPTION);

    private final ApiClient client;
    private final Cache<Namespace> namespaces;
    private final Cache<Metadata> accounts;
    private final Cache<RootCa> configMaps;
    private final String caPem;

    /// What is kept of a namespace's CA ConfigMap.
    record RootCa(JsonObject data, Map<String, String> annotations) {
        static RootCa of(Json object) {
            return new RootCa(object.at("data").object(), Metadata.strings(object.at("metadata", "annotations")));
        }
    }

    NamespaceDefaultsReconciler(Workshop workshop, Cache<Namespace> namespaces, Cache<Metadata> accounts, Cache<RootCa> configMaps,
            String caPem) {
        this.client = workshop.client().fieldManager("root-ca-cert-publisher");
        this.namespaces = namespaces;
        this.accounts = accounts;
        this.configMaps = configMaps;
        this.caPem = caPem;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        if (namespaces.get(key).filter(namespace -> !namespace.metadata().deleting()).isEmpty()) return Outcome.SETTLED;
        account(new ObjectKey(key.name(), ACCOUNT));
        rootCa(new ObjectKey(key.name(), ROOT_CA));
        return Outcome.SETTLED;
    }

    private void account(ObjectKey key) {
        if (accounts.get(key).isEmpty()) create(Resources.SERVICE_ACCOUNTS, object("ServiceAccount", key));
    }

    private void rootCa(ObjectKey key) {
        var wanted = JsonObject.of("ca.crt", caPem);
        var found = configMaps.get(key);
        if (found.isEmpty()) {
            create(Resources.CONFIG_MAPS, object("ConfigMap", key).withAt(ANNOTATIONS, "metadata", "annotations").with("data", wanted));
        } else if (!found.get().data().equals(wanted)) {
            client.patch(Resources.CONFIG_MAPS, key, Patch.merge("data", MergeDifference.between(found.get().data(), wanted),
                    "metadata", JsonObject.of("annotations", ANNOTATIONS)));
        }
    }

    private static JsonObject object(String kind, ObjectKey key) {
        return JsonObject.of("apiVersion", "v1", "kind", kind,
                "metadata", JsonObject.of("name", key.name(), "namespace", key.namespace()));
    }

    private void create(Resource resource, JsonObject object) {
        try {
            client.create(resource, object);
        } catch (ApiException refused) {
            // Somebody was faster, or the namespace began to go meanwhile.
            if (refused.reason() != Reason.ALREADY_EXISTS && refused.code() != 403 && refused.code() != 404) throw refused;
        }
    }
}
