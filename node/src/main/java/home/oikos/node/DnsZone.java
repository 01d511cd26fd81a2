package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The names we answer for: `SERVICE.NAMESPACE.svc.cluster.local` and its kin (Kubernetes DNS specification 1.1), and `NAME.home.arpa` for
/// Services that the home's network can reach. Pure, over a moment's Services and EndpointSlices.
/// @param hostIp what names of the home stand for
record DnsZone(String clusterDomain, String hostIp, Map<ObjectKey, Json> services, Map<ObjectKey, List<Json>> slices) {
    static final String HOME = "home.arpa";

    static DnsZone of(String clusterDomain, String hostIp, List<Json> services, List<Json> slices) {
        return new DnsZone(clusterDomain, hostIp, services.stream().collect(Collectors.toMap(ObjectKey::of, each -> each, (one, _) -> one)),
                slices.stream().collect(Collectors.groupingBy(ServiceProxy::serviceOf)));
    }

    /// Empty when the name is none of ours.
    Optional<DnsAnswer> answer(DnsQuery query) {
        var name = query.name();
        if (within(name, clusterDomain)) return Optional.of(answer(query, clusterDomain, cluster(query)));
        if (within(name, HOME)) return Optional.of(answer(query, HOME, home(name)));
        if (name.endsWith(".in-addr.arpa")) return reverse(query);
        return Optional.empty();
    }

    private static boolean within(String name, String zone) {
        return name.equals(zone) || name.endsWith("." + zone);
    }

    /// @param found empty when there is no such name; records of any type otherwise
    private static DnsAnswer answer(DnsQuery query, String zone, Optional<List<DnsRecord>> found) {
        var soa = List.of(DnsRecord.authority(zone));
        if (found.isEmpty()) return new DnsAnswer(DnsAnswer.NO_SUCH_NAME, List.of(), soa);
        var fitting = found.get().stream().filter(record -> record.type() == query.type() || record.type() == DnsQuery.CNAME
                || query.type() == DnsQuery.ANY).toList();
        return new DnsAnswer(DnsAnswer.NO_ERROR, fitting, fitting.isEmpty() ? soa : List.of());
    }

    private Optional<List<DnsRecord>> cluster(DnsQuery query) {
        var name = query.name();
        if (name.equals(clusterDomain)) return Optional.of(List.of(DnsRecord.authority(clusterDomain)));
        var labels = List.of(name.substring(0, name.length() - clusterDomain.length() - 1).split("\\."));
        var kind = labels.getLast();
        var rest = labels.subList(0, labels.size() - 1);
        if (kind.equals("pod")) return pod(name, rest);
        if (!kind.equals("svc")) return Optional.empty();
        if (rest.isEmpty() || rest.size() == 1 && hasNamespace(rest.getFirst())) return Optional.of(List.of());
        if (rest.size() < 2) return Optional.empty();
        var key = new ObjectKey(rest.getLast(), rest.get(rest.size() - 2));
        return Optional.ofNullable(services.get(key)).flatMap(service -> service(name, service, key, rest.subList(0, rest.size() - 2)));
    }

    private boolean hasNamespace(String namespace) {
        return services.keySet().stream().anyMatch(key -> key.namespace().equals(namespace));
    }

    /// `1-2-3-4.NAMESPACE.pod`: the address is in the name.
    private static Optional<List<DnsRecord>> pod(String name, List<String> labels) {
        if (labels.size() != 2) return Optional.empty();
        var ip = labels.getFirst().replace('-', '.');
        return ip.matches("(\\d{1,3}\\.){3}\\d{1,3}") ? Optional.of(List.of(DnsRecord.address(name, ip))) : Optional.empty();
    }

    private Optional<List<DnsRecord>> service(String name, Json service, ObjectKey key, List<String> before) {
        var spec = service.at("spec");
        if (spec.at("type").text("").equals("ExternalName")) {
            return before.isEmpty() ? Optional.of(List.of(DnsRecord.alias(name, spec.at("externalName").text("")))) : Optional.empty();
        }
        var ip = spec.at("clusterIP").text("");
        boolean headless = ip.equals("None");
        if (before.isEmpty()) return Optional.of(headless ? addresses(name, key) : ip.isEmpty() ? List.of()
                : List.of(DnsRecord.address(name, ip)));
        if (before.size() == 2 && before.getFirst().startsWith("_")) return ports(name, service, key, before);
        if (before.size() == 1 && headless) return endpoint(name, key, before.getFirst());
        return Optional.empty();
    }

    private List<DnsRecord> addresses(String name, ObjectKey key) {
        return ready(key).stream().flatMap(endpoint -> endpoint.at("addresses").array().stream())
                .map(ip -> DnsRecord.address(name, ip.text(""))).toList();
    }

    private List<Json> ready(ObjectKey key) {
        return slices.getOrDefault(key, List.of()).stream().filter(slice -> slice.at("addressType").text("IPv4").equals("IPv4"))
                .flatMap(slice -> slice.at("endpoints").array().stream()).filter(endpoint -> endpoint.at("conditions",
                "ready").bool(true)).toList();
    }

    /// One pod of a headless Service, by its hostname or by its address with dashes.
    private Optional<List<DnsRecord>> endpoint(String name, ObjectKey key, String label) {
        var found = ready(key).stream().filter(endpoint -> label(endpoint).equals(label))
                .map(endpoint -> DnsRecord.address(name, endpoint.at("addresses").at(0).text(""))).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private static String label(Json endpoint) {
        return endpoint.at("hostname").text(endpoint.at("addresses").at(0).text("").replace('.', '-'));
    }

    /// `_PORT._PROTOCOL.SERVICE…`: where the port of that name is.
    private Optional<List<DnsRecord>> ports(String name, Json service, ObjectKey key, List<String> before) {
        var base = name.substring(before.getFirst().length() + before.get(1).length() + 2);
        var records = new ArrayList<DnsRecord>();
        for (var port : service.at("spec", "ports").array()) {
            boolean named = before.getFirst().equals("_" + port.at("name").text(""));
            if (!named || !before.get(1).equalsIgnoreCase("_" + port.at("protocol").text("TCP"))) continue;
            int number = port.at("port").integer(0);
            if (!service.at("spec", "clusterIP").text("").equals("None")) records.add(DnsRecord.service(name, number, base));
            else ready(key).forEach(endpoint -> records.add(DnsRecord.service(name, number, label(endpoint) + "." + base)));
        }
        return records.isEmpty() ? Optional.empty() : Optional.of(records);
    }

    /// Services that the home's network reaches, by their bare name; of two with one name the first namespace has it.
    private Optional<List<DnsRecord>> home(String name) {
        if (name.equals(HOME)) return Optional.of(List.of(DnsRecord.authority(HOME)));
        var wanted = name.substring(0, name.length() - HOME.length() - 1);
        return services.values().stream().filter(service -> service.at("metadata", "name").text("").equals(wanted))
                .filter(service -> List.of("LoadBalancer", "NodePort").contains(service.at("spec", "type").text("")))
                .findFirst().map(_ -> List.of(DnsRecord.address(name, hostIp)));
    }

    private Optional<DnsAnswer> reverse(DnsQuery query) {
        var parts = query.name().replace(".in-addr.arpa", "").split("\\.");
        if (parts.length != 4) return Optional.empty();
        var ip = parts[3] + "." + parts[2] + "." + parts[1] + "." + parts[0];
        return services.entrySet().stream().filter(entry -> entry.getValue().at("spec", "clusterIP").text("").equals(ip)).findFirst()
                .map(entry -> new DnsAnswer(DnsAnswer.NO_ERROR, List.of(DnsRecord.pointer(query.name(), entry.getKey().name() + "."
                        + entry.getKey().namespace() + ".svc." + clusterDomain)), List.of()));
    }
}
