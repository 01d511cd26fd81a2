package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import java.util.List;

/// The defaults of a pod's spec, alone or in a template.
final class PodDefaults {
    private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");
    private static final int FILE_MODE = 0644;

    private PodDefaults() { }

    /// Of a pod template: what needs no pod.
    static JsonObject template(JsonObject template) {
        return Absent.within(template, "spec", PodDefaults::spec);
    }

    static JsonObject spec(JsonObject spec) {
        var account = spec.at("serviceAccountName").isPresent() ? spec.at("serviceAccountName") : spec.at("serviceAccount");
        var set = Absent.set(spec, "restartPolicy", "Always", "terminationGracePeriodSeconds", 30, "dnsPolicy", "ClusterFirst",
                "securityContext", JsonObject.EMPTY,
                "schedulerName", "default-scheduler");
        if (account.isPresent()) set = set.with("serviceAccountName", account).with("serviceAccount", account);
        var hostNetwork = set.at("hostNetwork").bool(false);
        for (var list : CONTAINERS) set = Absent.each(set, list, c -> container(c, hostNetwork));
        return Absent.each(set, "volumes", PodDefaults::volume);
    }

    /// A pod has what a template has, and the requests that its limits imply.
    static JsonObject pod(JsonObject spec) {
        var set = Absent.set(spec(spec), "enableServiceLinks", true);
        for (var list : List.of("initContainers", "containers")) set = Absent.each(set, list,
                c -> Absent.within(c, "resources", PodDefaults::requests));
        return set;
    }

    private static JsonObject requests(JsonObject resources) {
        var limits = resources.at("limits").object();
        if (limits.isEmpty()) return resources;
        var requests = resources.at("requests").object();
        for (var limit : limits.members().entrySet()) requests = Absent.set(requests, limit.getKey(), limit.getValue());
        return resources.with("requests", requests);
    }

    private static JsonObject container(JsonObject container, boolean hostNetwork) {
        var set = Absent.set(container, "terminationMessagePath", "/dev/termination-log", "terminationMessagePolicy", "File",
                "imagePullPolicy", pullPolicy(container.at("image").text("")));
        for (var probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) set = Absent.within(set, probe, PodDefaults::probe);
        set = Absent.within(set, "lifecycle", l -> Absent.within(Absent.within(l, "postStart", PodDefaults::handler), "preStop",
                PodDefaults::handler));
        set = Absent.each(set, "env", e -> Absent.within(e, "valueFrom", v -> Absent.within(v, "fieldRef", PodDefaults::fieldRef)));
        return Absent.each(set, "ports", p -> port(p, hostNetwork));
    }

    /// What may change under the same name is looked up each time.
    private static String pullPolicy(String image) {
        if (image.indexOf('@') >= 0) return "IfNotPresent";
        int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
        return colon < 0 || image.substring(colon + 1).equals("latest") ? "Always" : "IfNotPresent";
    }

    private static JsonObject port(JsonObject port, boolean hostNetwork) {
        var set = Absent.set(port, "protocol", "TCP");
        return hostNetwork ? Absent.set(set, "hostPort", set.at("containerPort")) : set;
    }

    private static JsonObject probe(JsonObject probe) {
        var set = Absent.set(handler(probe), "timeoutSeconds", 1, "periodSeconds", 10, "successThreshold", 1, "failureThreshold", 3);
        return Absent.within(set, "grpc", g -> Absent.set(g, "service", ""));
    }

    private static JsonObject handler(JsonObject handler) {
        return Absent.within(handler, "httpGet", h -> Absent.set(h, "path", "/", "scheme", "HTTP"));
    }

    private static JsonObject fieldRef(JsonObject reference) {
        return Absent.set(reference, "apiVersion", "v1");
    }

    private static JsonObject volume(JsonObject volume) {
        if (volume.size() == 1 && volume.has("name")) return volume.with("emptyDir", JsonObject.EMPTY);
        var set = Absent.within(volume, "hostPath", h -> Absent.set(h, "type", ""));
        for (var source : List.of("configMap", "secret", "downwardAPI", "projected")) set = Absent.within(set, source,
                s -> Absent.set(s, "defaultMode", FILE_MODE));
        set = Absent.within(set, "downwardAPI", PodDefaults::downward);
        set = Absent.within(set, "ephemeral", e -> Absent.within(e, "volumeClaimTemplate",
                t -> Absent.within(t, "spec", s -> Absent.set(s, "volumeMode", "Filesystem"))));
        return Absent.within(set, "projected", p -> Absent.each(p, "sources", PodDefaults::projection));
    }

    private static JsonObject projection(JsonObject source) {
        var set = Absent.within(source, "serviceAccountToken", t -> Absent.set(t, "expirationSeconds", 3600));
        return Absent.within(set, "downwardAPI", PodDefaults::downward);
    }

    private static JsonObject downward(JsonObject downward) {
        return Absent.each(downward, "items", i -> Absent.within(i, "fieldRef", PodDefaults::fieldRef));
    }
}
