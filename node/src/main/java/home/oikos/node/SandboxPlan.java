package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// The configuration of a pod's room, as CRI wants it. Pure.
/// @param resolver what the machine itself resolves with: servers, searches and options, for pods with `dnsPolicy: Default`
record SandboxPlan(Json pod, NodeSettings settings, ResolverConfig resolver) {
    /// Name spaces as CRI numbers them.
    static final int POD = 0;
    static final int CONTAINER = 1;
    static final int NODE = 2;
    static final int TARGET = 3;

    JsonObject config(int attempt) {
        var identity = PodIdentity.of(pod);
        var spec = pod.at("spec");
        return JsonObject.of("metadata", JsonObject.of("name", identity.name(), "uid", identity.uid(), "namespace", identity.namespace(),
                        "attempt", attempt), "hostname", hostNetwork() ? null : hostname(), "log_directory",
                settings.logs(identity).toString(),
                "dns_config", dns(), "labels", labels(identity), "linux", JsonObject.of("cgroup_parent", settings.instance().cgroupParent(),
                        "security_context", security(spec.at("securityContext")), "sysctls", sysctls(spec.at("securityContext"))));
    }

    static JsonObject labels(PodIdentity identity) {
        return JsonObject.of("io.kubernetes.pod.name", identity.name(), "io.kubernetes.pod.namespace", identity.namespace(),
                "io.kubernetes.pod.uid", identity.uid());
    }

    boolean hostNetwork() {
        return pod.at("spec", "hostNetwork").bool(false);
    }

    String hostname() {
        var name = pod.at("spec", "hostname").text(pod.at("metadata", "name").text(""));
        return name.length() <= 63 ? name : name.substring(0, 63).replaceAll("[-.]+$", "");
    }

    JsonObject namespaces() {
        int pid = pod.at("spec", "hostPID").bool(false) ? NODE : pod.at("spec", "shareProcessNamespace").bool(false) ? POD : CONTAINER;
        return JsonObject.of("network", hostNetwork() ? NODE : POD, "pid", pid, "ipc", pod.at("spec", "hostIPC").bool(false) ? NODE : POD);
    }

    private JsonObject security(Json context) {
        boolean privileged = ContainerSpec.all(pod).stream().anyMatch(spec -> spec.json().at("securityContext", "privileged").bool(false));
        return JsonObject.of("namespace_options", namespaces(), "privileged", privileged, "supplemental_groups", groups(context),
                "seccomp", JsonObject.of("profile_type", privileged ? 1 : 0));
    }

    static JsonArray groups(Json context) {
        var groups = new ArrayList<Json>(context.at("supplementalGroups").array().elements());
        if (context.at("fsGroup").isPresent()) groups.add(context.at("fsGroup"));
        return new JsonArray(groups);
    }

    private static JsonObject sysctls(Json context) {
        var sysctls = JsonObject.EMPTY;
        for (var each : context.at("sysctls").array()) sysctls = sysctls.with(each.at("name").text(""), each.at("value"));
        return sysctls;
    }

    /// Pods ask our own server, which asks the machine's; unless the pod wants it otherwise.
    private JsonObject dns() {
        var policy = pod.at("spec", "dnsPolicy").text("ClusterFirst");
        var wanted = pod.at("spec", "dnsConfig");
        boolean cluster = policy.equals("ClusterFirstWithHostNet") || policy.equals("ClusterFirst") && !hostNetwork();
        var base = cluster ? clusterFirst() : policy.equals("None") ? new ResolverConfig(List.of(), List.of(), List.of()) : resolver;
        return JsonObject.of("servers", joined(base.servers(), texts(wanted.at("nameservers"))),
                "searches", joined(base.searches(), texts(wanted.at("searches"))), "options", joined(base.options(), options(wanted)));
    }

    private ResolverConfig clusterFirst() {
        var domain = settings.clusterDomain();
        var searches = new ArrayList<>(List.of(PodIdentity.of(pod).namespace() + ".svc." + domain, "svc." + domain, domain));
        searches.addAll(resolver.searches());
        return new ResolverConfig(List.of(settings.dnsAddress()), searches, List.of("ndots:5"));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        second.stream().filter(each -> !first.contains(each)).forEach(all::add);
        return all;
    }

    private static List<String> texts(Json list) {
        return list.array().stream().map(each -> each.text("")).toList();
    }

    private static List<String> options(Json wanted) {
        return wanted.at("options").array().stream().map(option -> option.at("value").isPresent()
                ? option.at("name").text("") + ":" + option.at("value").text("") : option.at("name").text("")).toList();
    }
}
