package home.oikos.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What an object counts against a ResourceQuota: by the names that quotas use.
public final class QuotaUsage {
    /// Kinds that quotas know by their plural alone, besides `count/`.
    private static final Set<String> COUNTED = Set.of("pods", "services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps",
            "persistentvolumeclaims");
    private static final Set<String> COMPUTE = Set.of("cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory",
            "requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage");

    private QuotaUsage() { }

    /// @param resource qualified by its group, such as `deployments.apps`
    public static Map<String, Quantity> of(String resource, Json object) {
        var usage = new TreeMap<String, Quantity>();
        usage.put("count/" + resource, Quantity.of(1));
        switch (resource) {
            case "pods" -> pod(object, usage);
            case "services" -> service(object, usage);
            case "persistentvolumeclaims" -> claim(object, usage);
            default -> {
                if (COUNTED.contains(resource)) usage.put(resource, Quantity.of(1));
            }
        }
        return usage;
    }

    /// A pod that has ended holds nothing but its name.
    private static void pod(Json pod, Map<String, Quantity> usage) {
        var phase = pod.at("status", "phase").text("");
        if (phase.equals("Succeeded") || phase.equals("Failed")) return;
        usage.put("pods", Quantity.of(1));
        PodResources.total(pod.at("spec"), "requests").forEach((name, amount) -> {
            usage.put("requests." + name, amount);
            if (!name.contains("/")) usage.put(name, amount);
        });
        PodResources.total(pod.at("spec"), "limits").forEach((name, amount) -> usage.put("limits." + name, amount));
    }

    private static void service(Json service, Map<String, Quantity> usage) {
        usage.put("services", Quantity.of(1));
        var type = service.at("spec", "type").text("ClusterIP");
        var balanced = type.equals("LoadBalancer");
        boolean allocates = !balanced || service.at("spec", "allocateLoadBalancerNodePorts").bool(true);
        long ports = service.at("spec", "ports").array().stream().filter(p -> allocates || p.at("nodePort").integer(0) != 0).count();
        usage.put("services.loadbalancers", Quantity.of(balanced ? 1 : 0));
        usage.put("services.nodeports", Quantity.of(balanced || type.equals("NodePort") ? ports : 0));
    }

    private static void claim(Json claim, Map<String, Quantity> usage) {
        usage.put("persistentvolumeclaims", Quantity.of(1));
        var asked = Quantity.of(claim.at("spec", "resources", "requests", "storage"));
        asked.ifPresent(amount -> usage.put("requests.storage", amount));
        var storageClass = claim.at("spec", "storageClassName").text("");
        if (storageClass.isEmpty()) return;
        var suffix = storageClass + ".storageclass.storage.k8s.io/";
        usage.put(suffix + "persistentvolumeclaims", Quantity.of(1));
        asked.ifPresent(amount -> usage.put(suffix + "requests.storage", amount));
    }

    /// The resources that a hard limit may be counting, all in the quota's namespace: for a controller that must look at them.
    /// @return the qualified names of resources
    public static Set<String> counted(Set<String> hard) {
        var resources = new java.util.TreeSet<String>();
        for (var name : hard) resources.add(countedBy(name));
        return resources;
    }

    private static String countedBy(String name) {
        if (name.startsWith("count/")) return name.substring("count/".length());
        if (name.startsWith("services")) return "services";
        if (name.equals("requests.storage") || name.contains(".storageclass.storage.k8s.io/")) return "persistentvolumeclaims";
        return COUNTED.contains(name) ? name : "pods";
    }

    /// What of a quota every container must name, so that it can be counted.
    public static List<String> missing(Json container, Set<String> hard) {
        var requests = container.at("resources", "requests");
        var limits = container.at("resources", "limits");
        return hard.stream().filter(COMPUTE::contains).filter(name -> {
            if (name.startsWith("limits.")) return !limits.object().has(name.substring("limits.".length()));
            return !requests.object().has(name.startsWith("requests.") ? name.substring("requests.".length()) : name);
        }).toList();
    }
}
