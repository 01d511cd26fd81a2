package home.oikos.node;

import home.oikos.api.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// One port of one Service, or of one pod that asks for a port of the machine, and where its connections go. Pure.
/// @param name namespace, Service and port, for the name of its chain
/// @param addresses on which it answers
/// @param nodePort on every address of the machine, its loopback too, or 0
/// @param hostPort the port itself on every address of the machine (type LoadBalancer), or 0
/// @param sticky one client keeps its endpoint
record ServicePort(String name, List<String> addresses, String protocol, int port, int nodePort, int hostPort, boolean sticky,
        List<Endpoint> endpoints) {
    /// A pod, or whatever else, behind a Service.
    record Endpoint(String ip, int port) { }

    ServicePort {
        addresses = List.copyOf(addresses);
        endpoints = List.copyOf(endpoints);
    }

    /// The ports of a Service that has an address. Headless ones and names for something outside have none.
    /// @param slices its EndpointSlices
    /// @param taken ports on which something of the machine itself listens
    static List<ServicePort> of(Json service, List<Json> slices, Set<Integer> taken) {
        var spec = service.at("spec");
        var ip = spec.at("clusterIP").text("");
        if (ip.isEmpty() || ip.equals("None")) return List.of();
        var addresses = new ArrayList<>(List.of(ip));
        spec.at("externalIPs").array().forEach(each -> addresses.add(each.text("")));
        addresses.removeIf(address -> address.indexOf(':') >= 0);
        boolean balancer = spec.at("type").text("").equals("LoadBalancer");
        var ports = new ArrayList<ServicePort>();
        for (var port : spec.at("ports").array()) {
            int number = port.at("port").integer(0);
            ports.add(new ServicePort(name(service, port), addresses, port.at("protocol").text("TCP").toLowerCase(Locale.ROOT), number,
                    port.at("nodePort").integer(0), balancer && !taken.contains(number) ? number : 0,
                    spec.at("sessionAffinity").text("").equals("ClientIP"), endpoints(port.at("name").text(""), slices)));
        }
        return ports;
    }

    /// Whether it answers on the machine's loopback, too.
    boolean isOnLoopback() {
        return nodePort > 0 || addresses.stream().anyMatch(address -> address.startsWith("127."));
    }

    private static String name(Json service, Json port) {
        var metadata = service.at("metadata");
        return metadata.at("namespace").text("") + "/" + metadata.at("name").text("") + ":" + port.at("name").text("")
                + "/" + port.at("protocol").text("TCP");
    }

    private static List<Endpoint> endpoints(String portName, List<Json> slices) {
        var found = new TreeSet<>(Comparator.comparing(Endpoint::ip).thenComparing(Endpoint::port));
        for (var slice : slices) {
            if (!slice.at("addressType").text("IPv4").equals("IPv4")) continue;
            for (var port : slice.at("ports").array()) {
                if (!port.at("name").text("").equals(portName)) continue;
                for (var endpoint : slice.at("endpoints").array()) {
                    if (!endpoint.at("conditions", "ready").bool(true)) continue;
                    endpoint.at("addresses").array().forEach(ip -> found.add(new Endpoint(ip.text(""), port.at("port").integer(0))));
                }
            }
        }
        return List.copyOf(found);
    }
}
