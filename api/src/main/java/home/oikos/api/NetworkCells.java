package home.oikos.api;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rows of the network kinds.
final class NetworkCells {
    private static final int ENDPOINTS_SHOWN_MAX = 3;

    private NetworkCells() { }

    static List<Object> service(TableCells of) {
        return List.of(of.name(), of.spec("type").text(""), TableCells.joined(firstOf(of.spec("clusterIPs")), TableCells.NONE),
                externalIp(of), ports(of),
                of.age(), TableCells.labels(of.spec("selector")));
    }

    private static JsonArray firstOf(Json list) {
        return list.array().isEmpty() ? JsonArray.EMPTY : JsonArray.of(list.at(0));
    }

    private static String externalIp(TableCells of) {
        var given = of.spec("externalIPs").array().stream().map(ip -> ip.text("")).toList();
        return switch (of.spec("type").text("")) {
            case "ExternalName" -> of.spec("externalName").text("");
            case "LoadBalancer" -> {
                var balanced = Stream.concat(ingress(of.status("loadBalancer")).stream(), given.stream()).toList();
                yield balanced.isEmpty() ? "<pending>" : String.join(",", balanced);
            }
            default -> given.isEmpty() ? TableCells.NONE : String.join(",", given);
        };
    }

    private static List<String> ingress(Json balancer) {
        return balancer.at("ingress").array().stream().map(at -> TableCells.or(at.at("ip"),
                at.at("hostname").text(""))).distinct().toList();
    }

    private static String ports(TableCells of) {
        var texts = of.spec("ports").array().stream().map(port -> {
            int node = port.at("nodePort").integer(0);
            return port.at("port").integer(0) + (node > 0 ? ":" + node : "") + "/" + port.at("protocol").text("TCP");
        }).toList();
        return texts.isEmpty() ? TableCells.NONE : String.join(",", texts);
    }

    static List<Object> endpoints(TableCells of) {
        var texts = new ArrayList<String>();
        for (var subset : of.object().at("subsets").array()) {
            for (var address : subset.at("addresses").array()) {
                var ip = address.at("ip").text("");
                if (subset.at("ports").array().isEmpty()) texts.add(ip);
                for (var port : subset.at("ports").array()) texts.add(ip + ":" + port.at("port").integer(0));
            }
        }
        return List.of(of.name(), texts.isEmpty() ? TableCells.NONE : TableCells.few(texts, ENDPOINTS_SHOWN_MAX), of.age());
    }

    static List<Object> endpointSlice(TableCells of) {
        var ports = of.object().at("ports").array().stream().map(port -> port.at("port").toString()).toList();
        var addresses = of.object().at("endpoints").array().stream().flatMap(e -> e.at("addresses").array().stream()).map(a -> a.text("")).toList();
        return List.of(of.name(), of.object().at("addressType").text(""), ports.isEmpty() ? "<unset>" : TableCells.few(ports,
                ENDPOINTS_SHOWN_MAX),
                addresses.isEmpty() ? "<unset>" : TableCells.few(addresses, ENDPOINTS_SHOWN_MAX), of.age());
    }

    static List<Object> ingress(TableCells of) {
        var hosts = of.spec("rules").array().stream().map(rule -> rule.at("host").text("")).filter(host -> !host.isEmpty()).toList();
        return List.of(of.name(), TableCells.orNone(of.spec("ingressClassName")), hosts.isEmpty() ? "*" : TableCells.few(hosts,
                ENDPOINTS_SHOWN_MAX),
                String.join(",", ingress(of.status("loadBalancer"))), of.spec("tls").array().isEmpty() ? "80" : "80, 443", of.age());
    }

    static List<Object> ingressClass(TableCells of) {
        var parameters = of.spec("parameters");
        var group = parameters.at("apiGroup").text("");
        return List.of(of.name(), of.spec("controller").text(""), parameters.isNull() ? TableCells.NONE
                : parameters.at("kind").text("") + (group.isEmpty() ? "" : "." + group) + "/" + parameters.at("name").text(""), of.age());
    }

    static List<Object> networkPolicy(TableCells of) {
        return List.of(of.name(), TableCells.selector(of.spec("podSelector")), of.age());
    }

    static List<Object> ipAddress(TableCells of) {
        var parent = of.spec("parentRef");
        return List.of(of.name(), Stream.of("group", "resource", "namespace",
                "name").map(part -> parent.at(part).text("")).filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/")));
    }

    static List<Object> serviceCidr(TableCells of) {
        return List.of(of.name(), TableCells.joined(of.spec("cidrs").array(), ""), of.age());
    }
}
