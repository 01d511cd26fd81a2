package home.oikos.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The cells of an object's row in a Table, one for each column of its resource, wide ones included. What a path in the
/// schema file cannot say is a function registered here by kind.
public final class TableRows {
    private static final Map<String, Function<TableCells, List<Object>>> ROWS = Map.ofEntries(
            Map.entry("/Pod", PodCells::of), Map.entry("/Service", NetworkCells::service), Map.entry("/Endpoints", NetworkCells::endpoints),
            Map.entry("/Node", ClusterCells::node), Map.entry("/Event", ClusterCells::event), Map.entry("/ConfigMap",
                    ClusterCells::configMap),
            Map.entry("/Secret", ClusterCells::secret), Map.entry("/PersistentVolumeClaim", ClusterCells::claim),
            Map.entry("/PersistentVolume", ClusterCells::volume), Map.entry("/ResourceQuota", ClusterCells::quota),
            Map.entry("/ReplicationController", WorkloadCells::replicationController), Map.entry("/PodTemplate",
                    WorkloadCells::podTemplate),
            Map.entry("/ComponentStatus", ClusterCells::componentStatus), Map.entry("events.k8s.io/Event", ClusterCells::event),
            Map.entry("apps/Deployment", WorkloadCells::deployment), Map.entry("apps/ReplicaSet", WorkloadCells::replicaSet),
            Map.entry("apps/StatefulSet", WorkloadCells::statefulSet), Map.entry("apps/DaemonSet", WorkloadCells::daemonSet),
            Map.entry("apps/ControllerRevision", WorkloadCells::controllerRevision), Map.entry("batch/Job", WorkloadCells::job),
            Map.entry("batch/CronJob", WorkloadCells::cronJob), Map.entry("autoscaling/HorizontalPodAutoscaler", WorkloadCells::autoscaler),
            Map.entry("policy/PodDisruptionBudget", WorkloadCells::disruptionBudget),
            Map.entry("networking.k8s.io/Ingress", NetworkCells::ingress), Map.entry("networking.k8s.io/IngressClass",
                    NetworkCells::ingressClass),
            Map.entry("networking.k8s.io/NetworkPolicy", NetworkCells::networkPolicy), Map.entry("networking.k8s.io/IPAddress",
                    NetworkCells::ipAddress),
            Map.entry("networking.k8s.io/ServiceCIDR", NetworkCells::serviceCidr),
            Map.entry("discovery.k8s.io/EndpointSlice", NetworkCells::endpointSlice),
            Map.entry("storage.k8s.io/StorageClass", ClusterCells::storageClass),
            Map.entry("rbac.authorization.k8s.io/RoleBinding", ClusterCells::roleBinding),
            Map.entry("rbac.authorization.k8s.io/ClusterRoleBinding", ClusterCells::roleBinding),
            Map.entry("apiregistration.k8s.io/APIService", ClusterCells::apiService),
            Map.entry("certificates.k8s.io/CertificateSigningRequest", ClusterCells::signingRequest));

    private TableRows() { }

    /// @param now for ages
    public static JsonArray cells(ResourceDefinition resource, JsonObject object, Instant now) {
        var cells = new TableCells(object, now);
        var row = ROWS.get(resource.group() + "/" + resource.kind());
        if (row != null) return JsonArray.from(row.apply(cells));
        return new JsonArray(resource.columns().stream().map(column -> cell(column, cells)).toList());
    }

    private static Json cell(Column column, TableCells of) {
        if (!column.jsonPath().isEmpty()) return at(column, of);
        return switch (column.name()) {
            case "Name" -> Json.of(of.name());
            case "Age" -> Json.of(of.age());
            case "Created At" -> of.object().at("metadata", "creationTimestamp");
            default -> Json.of(TableCells.NONE);
        };
    }

    /// The value at a path of names, as its column's type shows it. A list counts in an integer column.
    private static Json at(Column column, TableCells of) {
        Json value = of.object();
        for (var name : column.jsonPath().substring(1).split("\\.")) value = value.at(name);
        return switch (column.type()) {
            case "integer" -> Json.of(value instanceof JsonArray list ? list.size() : value.integer(0L));
            case "boolean" -> Json.of(value.bool(false));
            default -> value instanceof JsonString || value.isNull() ? Json.of(value.text("")) : Json.of(value.toString());
        };
    }
}
