package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.node.ServicePort.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// The ports of the machine that pods ask for (`hostPort`), as ports of Services with one endpoint. Pure.
final class HostPorts {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::");

    private HostPorts() { }

    static boolean any(Json pod) {
        return ports(pod).findAny().isPresent();
    }

    /// @param taken ports on which something of the machine itself listens: they stay with it
    static List<ServicePort> of(Json pod, Set<Integer> taken) {
        var ip = pod.at("status", "podIP").text("");
        if (ip.isEmpty() || ENDED.contains(pod.at("status", "phase").text(""))) return List.of();
        var found = new ArrayList<ServicePort>();
        ports(pod).forEach(port -> {
            int number = port.at("hostPort").integer(0);
            var hostIp = port.at("hostIP").text("");
            boolean everywhere = EVERYWHERE.contains(hostIp);
            if (staysWithTheMachine(port, taken)) return;
            var protocol = port.at("protocol").text("TCP").toLowerCase(Locale.ROOT);
            found.add(new ServicePort(name(pod, hostIp, number, protocol), everywhere ? List.of() : List.of(hostIp), protocol, number,
                    everywhere ? number : 0, 0, false, List.of(new Endpoint(ip, port.at("containerPort").integer(0)))));
        });
        return found;
    }

    /// Ports it asked for that stay with the machine.
    static List<Integer> refused(Json pod, Set<Integer> taken) {
        return ports(pod).filter(port -> staysWithTheMachine(port, taken)).map(port -> port.at("hostPort").integer(0)).toList();
    }

    private static boolean staysWithTheMachine(Json port, Set<Integer> taken) {
        return EVERYWHERE.contains(port.at("hostIP").text("")) && port.at("protocol").text("TCP").equals("TCP")
                && taken.contains(port.at("hostPort").integer(0));
    }

    /// A pod on the network of the machine listens there itself.
    private static Stream<Json> ports(Json pod) {
        var spec = pod.at("spec");
        if (spec.at("hostNetwork").bool(false)) return Stream.empty();
        var sidecars = spec.at("initContainers").array().stream().filter(each -> each.at("restartPolicy").text("").equals("Always"));
        return Stream.concat(spec.at("containers").array().stream(), sidecars).flatMap(each -> each.at("ports").array().stream())
                .filter(port -> port.at("hostPort").integer(0) > 0);
    }

    private static String name(Json pod, String hostIp, int number, String protocol) {
        var metadata = pod.at("metadata");
        return "pod/" + metadata.at("namespace").text("") + "/" + metadata.at("name").text("") + ":" + hostIp + ":" + number + "/" + protocol;
    }
}
