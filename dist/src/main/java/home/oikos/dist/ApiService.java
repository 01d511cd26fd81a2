package home.oikos.dist;

import home.oikos.api.JsonObject;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import java.util.List;
import java.util.Optional;

/// The Service `kubernetes` in the namespace `default`, by which pods reach the API: its ClusterIP is the first of all, behind it is where
/// the API listens for pods.
/// @param clusterIp also in the server's certificate
/// @param block all addresses that Services get theirs from, told as the ServiceCIDR `kubernetes`
/// @param address what pods are led to; empty in a home without pods
/// @param port on that address; the Service's own is 443, as everywhere
record ApiService(String clusterIp, String block, Optional<String> address, int port) {
    void apply(ApiClient client) {
        var ports = List.of(JsonObject.of("name", "https", "protocol", "TCP", "port", 443, "targetPort", port));
        var labels = JsonObject.of("component", "apiserver", "provider", "kubernetes");
        client.apply(Resources.SERVICES, JsonObject.of("apiVersion", "v1", "kind", "Service",
                "metadata", JsonObject.of("name", "kubernetes", "namespace", "default", "labels", labels),
                "spec", JsonObject.of("type", "ClusterIP", "clusterIP", clusterIp, "ports", ports)), true);
        client.apply(Resources.SERVICE_CIDRS, JsonObject.of("apiVersion", "networking.k8s.io/v1", "kind", "ServiceCIDR",
                "metadata", JsonObject.of("name", "kubernetes"), "spec", JsonObject.of("cidrs", List.of(block))), true);
        address.ifPresent(reached -> {
            client.apply(Resources.ENDPOINTS, endpoints(reached), true);
            client.apply(Resources.ENDPOINT_SLICES, slice(reached), true);
        });
    }

    /// The older form of the same; its slice is made here, so nobody needs to mirror it.
    private JsonObject endpoints(String reached) {
        return JsonObject.of("apiVersion", "v1", "kind", "Endpoints", "metadata", JsonObject.of("name", "kubernetes", "namespace", "default",
                        "labels", JsonObject.of("endpointslice.kubernetes.io/skip-mirror", "true")),
                "subsets", List.of(JsonObject.of("addresses", List.of(JsonObject.of("ip", reached)),
                        "ports", List.of(JsonObject.of("name", "https", "protocol", "TCP", "port", port)))));
    }

    private JsonObject slice(String reached) {
        return JsonObject.of("apiVersion", "discovery.k8s.io/v1", "kind", "EndpointSlice",
                "metadata", JsonObject.of("name", "kubernetes", "namespace", "default", "labels",
                        JsonObject.of("kubernetes.io/service-name", "kubernetes")),
                "addressType", "IPv4", "endpoints", List.of(JsonObject.of("addresses", List.of(reached), "conditions",
                        JsonObject.of("ready", true))),
                "ports", List.of(JsonObject.of("name", "https", "protocol", "TCP", "port", port)));
    }
}
