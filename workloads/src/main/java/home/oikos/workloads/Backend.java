package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One pod behind a Service, at one address, with the Service's ports as that pod numbers them.
record Backend(Pod pod, String address, JsonArray ports, boolean serving, boolean ready) {
    /// The backends of a Service at addresses of one family.
    static List<Backend> of(Service service, List<Pod> pods, String family) {
        var backends = new ArrayList<Backend>();
        for (var pod : pods) {
            if (pod.isFinished() || !service.selector().matches(pod.metadata().labels())) continue;
            address(pod, family).ifPresent(address -> backends.add(of(service, pod, address)));
        }
        return backends;
    }

    private static Backend of(Service service, Pod pod, String address) {
        boolean ready = service.publishNotReady() || pod.ready() && !pod.metadata().deleting();
        return new Backend(pod, address, ports(service, pod), pod.ready(), ready);
    }

    private static Optional<String> address(Pod pod, String family) {
        boolean six = family.equals("IPv6");
        return pod.addresses().stream().filter(address -> address.contains(":") == six).findFirst();
    }

    /// A named port that the pod does not have is left out for that pod.
    private static JsonArray ports(Service service, Pod pod) {
        var ports = new ArrayList<Json>();
        for (var port : service.ports()) {
            int number = port.target().text().map(name -> pod.network().ports().getOrDefault(port.protocol() + "/" + name, 0))
                    .orElseGet(() -> port.target().integer(0));
            if (number == 0) continue;
            ports.add(JsonObject.of("name", port.name(), "protocol", port.protocol(), "port", number,
                    "appProtocol", port.appProtocol().isEmpty() ? null : port.appProtocol()));
        }
        return new JsonArray(ports);
    }

    JsonObject target() {
        var key = pod.metadata().key();
        return JsonObject.of("kind", "Pod", "namespace", key.namespace(), "name", key.name(), "uid", pod.metadata().uid());
    }

    /// The name a pod has under its Service, when it asked for one.
    Optional<String> hostname(Service service) {
        boolean named = !pod.network().hostname().isEmpty() && pod.network().subdomain().equals(service.metadata().name());
        return named ? Optional.of(pod.network().hostname()) : Optional.empty();
    }
}
