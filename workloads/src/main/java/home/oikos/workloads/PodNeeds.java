package home.oikos.workloads;

import home.oikos.api.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a pod asks of the node it is to run on.
/// @param gated waits for somebody to remove its scheduling gates
/// @param claims the names of the volume claims it uses
record PodNeeds(String schedulerName, boolean gated, Resourcing requests, Set<HostPort> hostPorts, List<String> claims,
        Map<String, String> nodeSelector,
        Json affinity, Json tolerations) {
    /// A port of the host that it takes.
    /// @param ip the only address of the host on which it does; empty for all
    record HostPort(String ip, String protocol, int port) {
        private boolean clashes(HostPort other) {
            return port == other.port && protocol.equals(other.protocol) && (ip.isEmpty() || other.ip.isEmpty() || ip.equals(other.ip));
        }
    }

    PodNeeds {
        hostPorts = Set.copyOf(hostPorts);
        claims = List.copyOf(claims);
        nodeSelector = Map.copyOf(nodeSelector);
    }

    static PodNeeds of(Json spec) {
        return new PodNeeds(spec.at("schedulerName").text("default-scheduler"), !spec.at("schedulingGates").array().isEmpty(),
                Resourcing.ofPod(spec), hostPorts(spec), claims(spec), Metadata.strings(spec.at("nodeSelector")), spec.at("affinity"),
                spec.at("tolerations"));
    }

    private static List<String> claims(Json spec) {
        return spec.at("volumes").array().stream().flatMap(volume -> volume.at("persistentVolumeClaim", "claimName").text().stream()).toList();
    }

    boolean clashes(PodNeeds other) {
        return hostPorts.stream().anyMatch(port -> other.hostPorts.stream().anyMatch(port::clashes));
    }

    private static Set<HostPort> hostPorts(Json spec) {
        var taken = new LinkedHashSet<HostPort>();
        for (var container : spec.at("containers").array()) {
            for (var port : container.at("ports").array()) {
                int hostPort = port.at("hostPort").integer(0);
                var ip = port.at("hostIP").text("");
                if (hostPort > 0) taken.add(new HostPort(ip.equals("0.0.0.0") || ip.equals("::") ? "" : ip, port.at("protocol").text("TCP"), hostPort));
            }
        }
        return taken;
    }
}
