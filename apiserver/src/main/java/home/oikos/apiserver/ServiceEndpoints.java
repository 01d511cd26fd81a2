package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Finds out where a Service really is: one of its ready endpoints, so that the API server needs neither DNS nor the node's rules.
record ServiceEndpoints(Store store) {
    /// @param port of the Service, by its number or its name; empty for its only one
    /// @throws IOException when there is no such Service, port or endpoint
    Dialer.Address find(String namespace, String name, String port, Dialer.Tls tls) throws IOException {
        var service = store.snapshot().get(Resource.prefix("", "services") + namespace + "/" + name).map(ObjectBytes::tree)
                .orElseThrow(() -> new IOException("service \"" + name + "\" not found"));
        var wanted = port(service, port);
        if (service.at("spec", "type").text("").equals("ExternalName")) {
            return new Dialer.Address(service.at("spec", "externalName").text(""), wanted.at("port").integer(0), tls);
        }
        var portName = wanted.at("name").text("");
        for (var slice : slices(namespace, name)) {
            var number = slice.at("ports").array().stream().filter(p -> p.at("name").text("").equals(portName)).findFirst();
            if (number.isEmpty()) continue;
            for (var endpoint : slice.at("endpoints").array()) {
                if (endpoint.at("conditions", "ready").bool(true)) return new Dialer.Address(endpoint.at("addresses").at(0).text(""),
                        number.get().at("port").integer(0), tls);
            }
        }
        throw new IOException("no endpoints available for service \"" + name + '"');
    }

    private static Json port(JsonObject service, String asked) throws IOException {
        var ports = service.at("spec", "ports").array();
        if (asked.isEmpty() && ports.size() == 1) return ports.at(0);
        for (var port : ports) {
            if (port.at("name").text("").equals(asked) || port.at("port").text("").equals(asked)
                    || Integer.toString(port.at("port").integer(0)).equals(asked)) return port;
        }
        throw new IOException("no service port " + asked + " found for service \"" + service.at("metadata", "name").text("") + '"');
    }

    private List<JsonObject> slices(String namespace, String service) {
        var found = new ArrayList<JsonObject>();
        var prefix = Resource.prefix("discovery.k8s.io", "endpointslices") + namespace + "/";
        store.snapshot().range(prefix, prefix, entry -> {
            var slice = ObjectBytes.tree(entry);
            if (slice.at("metadata", "labels", "kubernetes.io/service-name").text("").equals(service)) found.add(slice);
            return true;
        });
        return found;
    }
}
