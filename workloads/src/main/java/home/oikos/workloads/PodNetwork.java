package home.oikos.workloads;

import home.oikos.api.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where a pod can be reached.
/// @param ports the numbers of its named ports, by `protocol/name`
record PodNetwork(List<String> addresses, String hostname, String subdomain, Map<String, Integer> ports) {
    PodNetwork {
        addresses = List.copyOf(addresses);
        ports = Map.copyOf(ports);
    }

    static PodNetwork of(Json pod) {
        var status = pod.at("status");
        var several = status.at("podIPs").array().stream().map(address -> address.at("ip").text("")).toList();
        var addresses = several.isEmpty() ? status.at("podIP").text().map(List::of).orElse(List.of()) : several;
        return new PodNetwork(addresses, pod.at("spec", "hostname").text(""), pod.at("spec", "subdomain").text(""), ports(pod.at("spec")));
    }

    private static Map<String, Integer> ports(Json spec) {
        var ports = new LinkedHashMap<String, Integer>();
        for (var container : spec.at("containers").array()) {
            for (var port : container.at("ports").array()) {
                var name = port.at("name").text("");
                if (!name.isEmpty()) ports.put(port.at("protocol").text("TCP") + "/" + name, port.at("containerPort").integer(0));
            }
        }
        return ports;
    }
}
