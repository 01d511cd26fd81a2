package home.oikos.node;

import home.oikos.api.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The variables by which a container finds the Services of its namespace, and the API in every namespace. Pure.
final class ServiceVariables {
    private ServiceVariables() { }

    /// @param services all of them; those without a ClusterIP are left out
    /// @param links `enableServiceLinks` of the pod: without it only the API is told
    static Map<String, String> of(String namespace, boolean links, List<Json> services) {
        var variables = new LinkedHashMap<String, String>();
        for (var service : services) {
            var metadata = service.at("metadata");
            boolean api = metadata.at("namespace").text("").equals("default") && metadata.at("name").text("").equals("kubernetes");
            boolean own = links && metadata.at("namespace").text("").equals(namespace);
            var ip = service.at("spec", "clusterIP").text("");
            if ((api || own) && !ip.isEmpty() && !ip.equals("None")) add(variables, metadata.at("name").text(""), ip, service.at("spec",
                    "ports"));
        }
        return variables;
    }

    private static void add(Map<String, String> variables, String name, String ip, Json ports) {
        var prefix = name.toUpperCase(Locale.ROOT).replace('-', '_');
        variables.put(prefix + "_SERVICE_HOST", ip);
        boolean first = true;
        for (var port : ports.array()) {
            var number = Long.toString(port.at("port").integer(0L));
            var protocol = port.at("protocol").text("TCP");
            if (first) variables.put(prefix + "_SERVICE_PORT", number);
            var portName = port.at("name").text("");
            if (!portName.isEmpty()) variables.put(prefix + "_SERVICE_PORT_" + portName.toUpperCase(Locale.ROOT).replace('-', '_'), number);
            var url = protocol.toLowerCase(Locale.ROOT) + "://" + ip + ":" + number;
            if (first) variables.put(prefix + "_PORT", url);
            var link = prefix + "_PORT_" + number + "_" + protocol;
            variables.put(link, url);
            variables.put(link + "_PROTO", protocol.toLowerCase(Locale.ROOT));
            variables.put(link + "_PORT", number);
            variables.put(link + "_ADDR", ip);
            first = false;
        }
    }
}
