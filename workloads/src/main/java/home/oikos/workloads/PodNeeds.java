package home.oikos.workloads;

import home.oikos.api.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a pod asks of the node it is to run on.
/// @param gated waits for somebody to remove its scheduling gates
/// @param claims the names of the volume claims it uses
/// @param hostPorts the ports of the host it takes, as `TCP/80`
record PodNeeds(String schedulerName, boolean gated, Resourcing requests, Set<String> hostPorts, List<String> claims,
        Map<String, String> nodeSelector,
        Json affinity, Json tolerations) {
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

    private static Set<String> hostPorts(Json spec) {
        var taken = new LinkedHashSet<String>();
        for (var container : spec.at("containers").array()) {
            for (var port : container.at("ports").array()) {
                int hostPort = port.at("hostPort").integer(0);
                if (hostPort > 0) taken.add(port.at("protocol").text("TCP") + "/" + hostPort);
            }
        }
        return taken;
    }
}
