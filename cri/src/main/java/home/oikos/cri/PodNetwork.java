package home.oikos.cri;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.host.AddressPlan;
import home.oikos.host.Instance;

/// The CNI configuration of an instance: `ptp`, one routed link a pod (a bridge would need br_netfilter for a pod to reach its neighbour
/// through a Service, which a fresh Debian lacks), addresses from the instance's own range.
record PodNetwork(Instance instance, AddressPlan addresses) {
    Json config() {
        var range = JsonArray.of(JsonArray.of(JsonObject.of("subnet", addresses.pods().toString())));
        var ipam = JsonObject.of("type", "host-local", "dataDir", instance.runDir().resolve("addresses").toString(), "ranges", range,
                "routes", JsonArray.of(JsonObject.of("dst", "0.0.0.0/0")));
        return JsonObject.of("cniVersion", "0.4.0", "name", instance.prefix(), "plugins",
                JsonArray.of(JsonObject.of("type", "ptp", "ipMasq", false, "ipam", ipam)));
    }
}
