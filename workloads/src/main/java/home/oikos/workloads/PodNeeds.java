package home.oikos.workloads;

import home.oikos.api.Json;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What a pod asks of the node it is to run on.
/// @param gated waits for somebody to remove its scheduling gates
/// @param hostPorts the ports of the host it takes, as `TCP/80`
record PodNeeds(String schedulerName, boolean gated, Resourcing requests, Set<String> hostPorts, Map<String, String> nodeSelector,
        Json affinity, Json tolerations) {
    PodNeeds {
        hostPorts = Set.copyOf(hostPorts);
        nodeSelector = Map.copyOf(nodeSelector);
    }

    static PodNeeds of(Json spec) {
        return new PodNeeds(spec.at("schedulerName").text("default-scheduler"), !spec.at("schedulingGates").array().isEmpty(),
                Resourcing.ofPod(spec), hostPorts(spec), Metadata.strings(spec.at("nodeSelector")), spec.at("affinity"),
                spec.at("tolerations"));
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
