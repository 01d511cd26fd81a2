package home.oikos.dist;

import home.oikos.api.JsonObject;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import java.util.List;

/// The Service `mqtt` in the namespace `default`, by which pods reach the home's broker: as [#HOST], port 8883, with an account like any client.
/// @param address where the broker listens for pods
/// @param port the broker's TLS port; the Service's own is 8883 in every home
record MqttService(String address, int port) {
    /// Also in the broker's certificate.
    static final String HOST = "mqtt.default.svc.cluster.local";
    private static final String NAME = "mqtt";

    void apply(ApiClient client) {
        client.apply(Resources.SERVICES, JsonObject.of("apiVersion", "v1", "kind", "Service",
                "metadata", JsonObject.of("name", NAME, "namespace", "default"),
                "spec", JsonObject.of("type", "ClusterIP", "ports", List.of(ports("targetPort", port, "port", Settings.BROKER_PORT)))), true);
        client.apply(Resources.ENDPOINT_SLICES, JsonObject.of("apiVersion", "discovery.k8s.io/v1", "kind", "EndpointSlice",
                "metadata", JsonObject.of("name", NAME, "namespace", "default", "labels", JsonObject.of("kubernetes.io/service-name", NAME)),
                "addressType", "IPv4", "endpoints", List.of(JsonObject.of("addresses", List.of(address), "conditions", JsonObject.of("ready", true))),
                "ports", List.of(ports("port", port))), true);
    }

    private static JsonObject ports(Object... numbers) {
        return JsonObject.of("name", "mqtts", "protocol", "TCP").withAll(JsonObject.of(numbers));
    }
}
