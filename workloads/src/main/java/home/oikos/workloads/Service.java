package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.client.Resources;
import home.oikos.controller.LabelSelector;
import home.oikos.controller.Reference;
import java.util.ArrayList;
import java.util.List;

/// A Service, as far as its endpoints depend on it.
/// @param families IPv4, IPv6 or both
record Service(Metadata metadata, LabelSelector selector, List<Port> ports, List<String> families, boolean headless,
        boolean publishNotReady) {
    Service {
        ports = List.copyOf(ports);
        families = List.copyOf(families);
    }

    /// @param target a number, or the name of a container port
    record Port(String name, String protocol, Json target, String appProtocol) { }

    static Service of(Json object) {
        var spec = object.at("spec");
        var ports = new ArrayList<Port>();
        for (var port : spec.at("ports").array()) {
            var target = port.at("targetPort").isPresent() ? port.at("targetPort") : port.at("port");
            ports.add(new Port(port.at("name").text(""), port.at("protocol").text("TCP"), target, port.at("appProtocol").text("")));
        }
        var families = spec.at("ipFamilies").array().stream().map(family -> family.text("")).toList();
        // An ExternalName Service is a DNS alias: its selector means nothing.
        boolean alias = spec.at("type").text("").equals("ExternalName");
        return new Service(Metadata.of(object), alias ? LabelSelector.NOTHING : LabelSelector.ofMap(spec.at("selector")), ports,
                families.isEmpty() ? List.of("IPv4") : families, spec.at("clusterIP").text("").equals("None"),
                spec.at("publishNotReadyAddresses").bool(false));
    }

    Reference reference() {
        return new Reference(Resources.SERVICES, metadata.key(), metadata.uid());
    }

    /// Without a selector somebody else writes the endpoints.
    boolean selectsPods() {
        return selector.present();
    }
}
