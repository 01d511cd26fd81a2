package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The slices that say what an Endpoints object says which somebody wrote by hand. Pure.
/// Source: KEP-0752, "EndpointSlice mirroring".
final class EndpointMirrorPlan {
    /// As upstream: of a subset with more, the rest is not mirrored.
    static final int ADDRESSES_MAX = 1000;
    static final String MANAGER = "endpointslicemirroring-controller.k8s.io";

    private EndpointMirrorPlan() { }

    static List<EndpointSlicePlan.Content> of(Json subsets) {
        var contents = new ArrayList<EndpointSlicePlan.Content>();
        for (var subset : subsets.array()) {
            for (var family : List.of("IPv4", "IPv6")) {
                var endpoints = Stream.concat(endpoints(subset, "addresses", true), endpoints(subset, "notReadyAddresses", false))
                        .filter(endpoint -> family.equals(family(endpoint))).limit(ADDRESSES_MAX).toList();
                if (!endpoints.isEmpty()) contents.add(new EndpointSlicePlan.Content(family, new JsonArray(endpoints), ports(subset)));
            }
        }
        return contents;
    }

    private static Stream<Json> endpoints(Json subset, String list, boolean ready) {
        return subset.at(list).array().stream().map(address -> endpoint(address, ready));
    }

    private static Json endpoint(Json address, boolean ready) {
        return JsonObject.of("addresses", List.of(address.at("ip")), "conditions", JsonObject.of("ready", ready),
                "hostname", present(address.at("hostname")), "nodeName", present(address.at("nodeName")), "targetRef", present(address.at("targetRef")));
    }

    private static Json present(Json value) {
        return value.isPresent() ? value : null;
    }

    private static String family(Json endpoint) {
        return endpoint.at("addresses").at(0).text("").contains(":") ? "IPv6" : "IPv4";
    }

    /// A port without a name has none in Endpoints, and an empty one in a slice.
    private static Json ports(Json subset) {
        return subset.at("ports").array().map(port -> JsonObject.of("name", port.at("name").text(""), "port", port.at("port"),
                "protocol", port.at("protocol").text("TCP"), "appProtocol", present(port.at("appProtocol"))));
    }

    static Map<String, String> labels(Endpoints endpoints) {
        var labels = new LinkedHashMap<>(endpoints.metadata().labels());
        labels.put(EndpointSlicePlan.SERVICE_NAME, endpoints.metadata().name());
        labels.put(EndpointSlicePlan.MANAGED_BY, MANAGER);
        return labels;
    }
}
