package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionResource;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.store.Store;
import java.util.List;
import java.util.random.RandomGenerator;

/// Gives every pod a ServiceAccount, and, unless one of the two declines, the volume with its token, the CA and the namespace.
final class ServiceAccountAdmission implements AdmissionPlugin {
    private static final GroupVersionResource PODS = GroupVersion.CORE.resource("pods");
    private static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    /// An hour, and the seconds that upstream adds so that old clients can be told apart.
    private static final int TOKEN_SECONDS = 3607;
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final Store store;
    private final RandomGenerator random;

    ServiceAccountAdmission(Store store, RandomGenerator random) {
        this.store = store;
        this.random = random;
    }

    @Override
    public JsonObject mutate(Admission admission, JsonObject object) {
        if (admission.operation() != Operation.CREATE || !admission.subresource().isEmpty() || !isPods(admission.resource())) return object;
        if (object.at("metadata", "annotations").object().has("kubernetes.io/config.mirror")) return mirror(admission, object);
        var name = object.at("spec", "serviceAccountName").text("default");
        var account = account(admission, name);
        var named = object.withAt(name, "spec", "serviceAccountName").withAt(name, "spec", "serviceAccount");
        var declined = object.at("spec", "automountServiceAccountToken").isPresent() ? object.at("spec", "automountServiceAccountToken")
                : account.at("automountServiceAccountToken");
        return withPullSecrets(declined.bool(true) ? mounted(named) : named, account);
    }

    /// What a node runs by itself has no account here, for nobody could take it back.
    private static JsonObject mirror(Admission admission, JsonObject pod) {
        if (!pod.at("spec", "serviceAccountName").text("").isEmpty()) throw refused(admission,
                "a mirror pod may not reference service accounts");
        for (var volume : pod.at("spec", "volumes").array()) {
            for (var source : volume.at("projected", "sources").array()) {
                if (source.at("serviceAccountToken").isPresent()) throw refused(admission,
                        "a mirror pod may not use ServiceAccountToken volume projections");
            }
        }
        return pod;
    }

    private static ApiException refused(Admission admission, String why) {
        return new ApiException(ApiStatus.forbidden(PODS, admission.name(), why));
    }

    private static boolean isPods(Resource resource) {
        return resource.definition().groupVersionResource().equals(PODS);
    }

    private JsonObject account(Admission admission, String name) {
        var entry = store.snapshot().get(Resource.prefix("", "serviceaccounts") + admission.namespace() + "/" + name);
        return entry.map(ObjectBytes::tree).orElseThrow(() -> refused(admission,
                "error looking up service account %s/%s: serviceaccount \"%s\" not found".formatted(admission.namespace(), name, name)));
    }

    private static JsonObject withPullSecrets(JsonObject pod, JsonObject account) {
        var secrets = account.at("imagePullSecrets").array();
        return secrets.isEmpty() || !pod.at("spec", "imagePullSecrets").array().isEmpty()
                ? pod : pod.withAt(secrets, "spec", "imagePullSecrets");
    }

    private JsonObject mounted(JsonObject pod) {
        var volume = volumeName(pod);
        var mount = JsonObject.of("name", volume, "readOnly", true, "mountPath", MOUNT_PATH);
        boolean any = false;
        var changed = pod;
        for (var list : List.of("initContainers", "containers")) {
            for (var container : pod.at("spec", list).array()) any |= !mountsThere(container);
            if (!pod.at("spec", list).array().isEmpty()) changed = changed.withAt(pod.at("spec", list).array()
                    .map(c -> withMount(c, mount)), "spec", list);
        }
        return any ? changed.withAt(changed.at("spec", "volumes").array().with(volume(volume)), "spec", "volumes") : pod;
    }

    private static boolean mountsThere(Json container) {
        return container.at("volumeMounts").array().stream().anyMatch(m -> m.at("mountPath").text("").equals(MOUNT_PATH));
    }

    private static Json withMount(Json container, JsonObject mount) {
        return mountsThere(container)
                ? container : container.object().with("volumeMounts", container.at("volumeMounts").array().with(mount));
    }

    private String volumeName(JsonObject pod) {
        for (var volume : pod.at("spec", "volumes").array()) {
            if (volume.at("name").text("").startsWith("kube-api-access-")) return volume.at("name").text("");
        }
        var name = new StringBuilder("kube-api-access-");
        for (int i = 0; i < 5; i++) name.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
        return name.toString();
    }

    private static JsonObject volume(String name) {
        var token = JsonObject.of("serviceAccountToken", JsonObject.of("expirationSeconds", TOKEN_SECONDS, "path", "token"));
        var authority = JsonObject.of("configMap",
                JsonObject.of("name", "kube-root-ca.crt", "items", JsonArray.of(JsonObject.of("key", "ca.crt", "path", "ca.crt"))));
        var namespace = JsonObject.of("downwardAPI", JsonObject.of("items", JsonArray.of(JsonObject.of("path", "namespace",
                "fieldRef", JsonObject.of("apiVersion", "v1", "fieldPath", "metadata.namespace")))));
        return JsonObject.of("name", name, "projected", JsonObject.of("sources", JsonArray.of(token, authority, namespace), "defaultMode",
                0644));
    }
}
