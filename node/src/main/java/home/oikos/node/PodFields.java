package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.stream.Collectors;

/// What a pod may tell its containers of itself (`fieldRef`, `resourceFieldRef`). Pure.
/// @param allocatable what the node has: the limit of a container that has none
record PodFields(Json pod, String podIp, String hostIp, Json allocatable) {
    String field(String path) throws ConfigurationException {
        var metadata = pod.at("metadata");
        return switch (path) {
            case "metadata.name" -> metadata.at("name").text("");
            case "metadata.namespace" -> metadata.at("namespace").text("");
            case "metadata.uid" -> metadata.at("uid").text("");
            case "metadata.labels" -> lines(metadata.at("labels"));
            case "metadata.annotations" -> lines(metadata.at("annotations"));
            case "spec.nodeName" -> pod.at("spec", "nodeName").text("");
            case "spec.serviceAccountName" -> pod.at("spec", "serviceAccountName").text("");
            case "status.hostIP", "status.hostIPs" -> hostIp;
            case "status.podIP", "status.podIPs" -> podIp;
            default -> member(path);
        };
    }

    /// `metadata.labels['key']` and the same of annotations; an absent key is empty.
    private String member(String path) throws ConfigurationException {
        int open = path.indexOf("['");
        if (open > 0 && path.endsWith("']") && (path.startsWith("metadata.labels[") || path.startsWith("metadata.annotations["))) {
            return pod.at("metadata", path.substring(9, open)).at(path.substring(open + 2, path.length() - 2)).text("");
        }
        throw new ConfigurationException("fieldPath \"" + path + "\" is not supported");
    }

    private static String lines(Json map) {
        return map.object().members().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + quoted(entry.getValue().text(""))).collect(Collectors.joining("\n"));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /// @param container whose resources are meant unless the reference names another
    String resource(Json reference, String container) throws ConfigurationException {
        var resource = reference.at("resource").text("");
        var name = reference.at("containerName").text(container);
        var spec = ContainerSpec.all(pod).stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow(() -> new ConfigurationException("container \"" + name + "\" not found in the pod"));
        int dot = resource.indexOf('.');
        if (dot < 0) throw new ConfigurationException("resource \"" + resource + "\" is not supported");
        var wanted = spec.json().at("resources", resource.substring(0, dot), resource.substring(dot + 1));
        var amount = wanted.isPresent() || resource.startsWith("requests.") ? wanted : allocatable.at(resource.substring(dot + 1));
        return divided(Quantity.of(amount).orElse(Quantity.ZERO), Quantity.of(reference.at("divisor")).orElse(Quantity.ZERO));
    }

    private static String divided(Quantity amount, Quantity divisor) {
        var by = divisor.amount().signum() == 0 ? BigDecimal.ONE : divisor.amount();
        return amount.amount().divide(by, 0, RoundingMode.CEILING).toBigInteger().toString();
    }
}
