package home.oikos.apiserver;

import home.oikos.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The baseline level: what nobody needs who does not want to reach the machine. In the order in which violations are told.
final class BaselineStandard {
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final Set<String> CAPABILITIES = Set.of("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
            "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT");
    private static final Set<String> SELINUX_TYPES = Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");
    private static final Set<String> SYSCTLS = Set.of("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
            "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem");

    private BaselineStandard() { }

    static List<StandardCheck> checks() {
        return List.of(check(0, "forbidden AppArmor profile", BaselineStandard::appArmor),
                check(0, "non-default capabilities", BaselineStandard::capabilities),
                check(0, "host namespaces", BaselineStandard::namespaces), check(0, "hostPath volumes", BaselineStandard::hostPaths),
                check(0, "hostPort", BaselineStandard::hostPorts), check(34, "probe or lifecycle host", BaselineStandard::hosts),
                check(0, "privileged", BaselineStandard::privileged), check(0, "procMount", BaselineStandard::procMount),
                check(0, "seLinuxOptions", BaselineStandard::seLinux), check(19, "seccompProfile", BaselineStandard::seccomp),
                check(0, "forbidden sysctls", BaselineStandard::sysctls), check(0, "hostProcess", BaselineStandard::hostProcess));
    }

    private static StandardCheck check(int since, String reason, Function<StandardPod, Optional<String>> detail) {
        return new StandardCheck(StandardLevel.BASELINE, since, reason, "", detail);
    }

    private static Optional<String> appArmor(StandardPod pod) {
        var culprits = pod.culprits(security -> security.at("appArmorProfile", "type").text("").equals("Unconfined"));
        if (!culprits.isEmpty()) return Optional.of(culprits + " must not set AppArmor profile type to \"Unconfined\"");
        var annotations = pod.metadata().at("annotations").object().members().entrySet().stream()
                .filter(e -> e.getKey().startsWith(APP_ARMOR) && isForbiddenProfile(e.getValue().text("")))
                .map(e -> e.getKey() + "=\"" + e.getValue().text("") + '"').sorted().toList();
        return annotations.isEmpty() ? Optional.empty()
                : Optional.of((annotations.size() == 1 ? "annotation " : "annotations ") + String.join(", ", annotations));
    }

    private static boolean isForbiddenProfile(String profile) {
        return !profile.isEmpty() && !profile.equals("runtime/default") && !profile.startsWith("localhost/");
    }

    private static Optional<String> capabilities(StandardPod pod) {
        return added(pod, CAPABILITIES);
    }

    static Optional<String> added(StandardPod pod, Set<String> allowed) {
        Function<Json, Stream<String>> forbidden = security -> security.at("capabilities", "add").array().stream().map(c -> c.text(""))
                .filter(c -> !allowed.contains(c));
        var containers = pod.containers(security -> forbidden.apply(security).findAny().isPresent());
        return containers.isEmpty() ? Optional.empty() : Optional.of("%s must not include %s in securityContext.capabilities.add"
                .formatted(StandardPod.named("container", containers), pod.values(forbidden)));
    }

    private static Optional<String> namespaces(StandardPod pod) {
        return joined(Stream.of("hostNetwork", "hostPID", "hostIPC").filter(n -> pod.spec().at(n).bool(false)).map(n -> n + "=true"));
    }

    private static Optional<String> joined(Stream<String> texts) {
        return Optional.of(texts.collect(Collectors.joining(", "))).filter(text -> !text.isEmpty());
    }

    private static Optional<String> hostPaths(StandardPod pod) {
        var found = pod.spec().at("volumes").array().stream().filter(v -> v.at("hostPath").isPresent()).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(StandardPod.named("volume", found));
    }

    private static Optional<String> hostPorts(StandardPod pod) {
        var found = pod.containers().stream().filter(c -> ports(c).findAny().isPresent()).toList();
        var ports = new TreeSet<>(found.stream().flatMap(BaselineStandard::ports).toList());
        return used(found, ports, "hostPort");
    }

    private static Stream<String> ports(Json container) {
        return container.at("ports").array().stream().map(p -> p.at("hostPort").integer(0)).filter(p -> p != 0).map(String::valueOf);
    }

    private static Optional<String> used(List<Json> containers, Set<String> values, String what) {
        return containers.isEmpty() ? Optional.empty() : Optional.of("%s %s %s%s %s".formatted(StandardPod.named("container", containers),
                containers.size() == 1 ? "uses" : "use", what, values.size() == 1 ? "" : "s", String.join(", ", values)));
    }

    /// A probe at another host makes the node ask on the pod's behalf.
    private static Optional<String> hosts(StandardPod pod) {
        var found = pod.containers().stream().filter(c -> hosts(c).findAny().isPresent()).toList();
        return used(found, new TreeSet<>(found.stream().flatMap(BaselineStandard::hosts).toList()), "probe or lifecycle host");
    }

    private static Stream<String> hosts(Json container) {
        return Stream.of(container.at("livenessProbe"), container.at("readinessProbe"), container.at("startupProbe"),
                container.at("lifecycle", "postStart"), container.at("lifecycle", "preStop"))
                .flatMap(h -> Stream.of(h.at("httpGet", "host"), h.at("tcpSocket", "host"))).map(h -> h.text(""))
                .filter(h -> !h.isEmpty());
    }

    private static Optional<String> privileged(StandardPod pod) {
        return blamed(pod.containers(security -> security.at("privileged").bool(false)),
                "must not set securityContext.privileged=true");
    }

    static Optional<String> blamed(List<Json> containers, String what) {
        return containers.isEmpty() ? Optional.empty() : Optional.of(StandardPod.named("container", containers) + " " + what);
    }

    private static Optional<String> procMount(StandardPod pod) {
        if (pod.hasOwnUsers()) return Optional.empty();
        Function<Json, Stream<String>> masks = security -> security.at("procMount").text().stream().filter(m -> !m.equals("Default"));
        return blamed(pod.containers(security -> masks.apply(security).findAny().isPresent()),
                "must not set securityContext.procMount to " + pod.values(masks));
    }

    private static Optional<String> seLinux(StandardPod pod) {
        var culprits = pod.culprits(security -> !seLinuxFaults(security.at("seLinuxOptions")).isEmpty());
        if (culprits.isEmpty()) return Optional.empty();
        var faults = new ArrayList<String>();
        var types = pod.values(security -> Stream.of(security.at("seLinuxOptions", "type").text(""))
                .filter(t -> !SELINUX_TYPES.contains(t)));
        if (!types.isEmpty()) faults.add("type" + (types.contains(", ") ? "s " : " ") + types);
        for (var name : List.of("user", "role")) {
            if (!pod.culprits(security -> !security.at("seLinuxOptions", name).text("").isEmpty()).isEmpty()) {
                faults.add(name + " may not be set");
            }
        }
        return Optional.of(culprits + " set forbidden securityContext.seLinuxOptions: " + String.join("; ", faults));
    }

    private static List<String> seLinuxFaults(Json options) {
        var faults = new ArrayList<String>();
        if (!SELINUX_TYPES.contains(options.at("type").text(""))) faults.add("type");
        for (var name : List.of("user", "role")) if (!options.at(name).text("").isEmpty()) faults.add(name);
        return faults;
    }

    private static Optional<String> seccomp(StandardPod pod) {
        return unconfined(pod);
    }

    static Optional<String> unconfined(StandardPod pod) {
        var culprits = pod.culprits(security -> security.at("seccompProfile", "type").text("").equals("Unconfined"));
        return culprits.isEmpty() ? Optional.empty()
                : Optional.of(culprits + " must not set securityContext.seccompProfile.type to \"Unconfined\"");
    }

    private static Optional<String> sysctls(StandardPod pod) {
        return joined(pod.security().at("sysctls").array().stream().map(s -> s.at("name").text("")).filter(s -> !SYSCTLS.contains(s)));
    }

    private static Optional<String> hostProcess(StandardPod pod) {
        var culprits = pod.culprits(security -> security.at("windowsOptions", "hostProcess").bool(false));
        return culprits.isEmpty() ? Optional.empty()
                : Optional.of(culprits + " must not set securityContext.windowsOptions.hostProcess=true");
    }
}
