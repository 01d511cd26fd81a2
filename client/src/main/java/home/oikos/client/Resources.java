package home.oikos.client;

import static home.oikos.client.Resource.clusterScoped;
import static home.oikos.client.Resource.namespaced;

/// The built-in kinds that our own programs address. Others are made from discovery of the server.
public final class Resources {
    public static final Resource PODS = namespaced("v1", "pods", "Pod");
    public static final Resource NODES = clusterScoped("v1", "nodes", "Node");
    public static final Resource NAMESPACES = clusterScoped("v1", "namespaces", "Namespace");
    public static final Resource SERVICES = namespaced("v1", "services", "Service");
    public static final Resource ENDPOINTS = namespaced("v1", "endpoints", "Endpoints");
    public static final Resource CONFIG_MAPS = namespaced("v1", "configmaps", "ConfigMap");
    public static final Resource SECRETS = namespaced("v1", "secrets", "Secret");
    public static final Resource EVENTS = namespaced("v1", "events", "Event");
    public static final Resource SERVICE_ACCOUNTS = namespaced("v1", "serviceaccounts", "ServiceAccount");
    public static final Resource REPLICATION_CONTROLLERS = namespaced("v1", "replicationcontrollers", "ReplicationController");
    public static final Resource PERSISTENT_VOLUMES = clusterScoped("v1", "persistentvolumes", "PersistentVolume");
    public static final Resource PERSISTENT_VOLUME_CLAIMS = namespaced("v1", "persistentvolumeclaims", "PersistentVolumeClaim");
    public static final Resource DEPLOYMENTS = namespaced("apps/v1", "deployments", "Deployment");
    public static final Resource REPLICA_SETS = namespaced("apps/v1", "replicasets", "ReplicaSet");
    public static final Resource STATEFUL_SETS = namespaced("apps/v1", "statefulsets", "StatefulSet");
    public static final Resource DAEMON_SETS = namespaced("apps/v1", "daemonsets", "DaemonSet");
    public static final Resource CONTROLLER_REVISIONS = namespaced("apps/v1", "controllerrevisions", "ControllerRevision");
    public static final Resource JOBS = namespaced("batch/v1", "jobs", "Job");
    public static final Resource CRON_JOBS = namespaced("batch/v1", "cronjobs", "CronJob");
    public static final Resource SERVICE_CIDRS = clusterScoped("networking.k8s.io/v1", "servicecidrs", "ServiceCIDR");
    public static final Resource ENDPOINT_SLICES = namespaced("discovery.k8s.io/v1", "endpointslices", "EndpointSlice");
    public static final Resource POD_DISRUPTION_BUDGETS = namespaced("policy/v1", "poddisruptionbudgets", "PodDisruptionBudget");
    public static final Resource HORIZONTAL_POD_AUTOSCALERS =
            namespaced("autoscaling/v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler");
    public static final Resource RESOURCE_QUOTAS = namespaced("v1", "resourcequotas", "ResourceQuota");
    public static final Resource LEASES = namespaced("coordination.k8s.io/v1", "leases", "Lease");
    public static final Resource STORAGE_CLASSES = clusterScoped("storage.k8s.io/v1", "storageclasses", "StorageClass");
    public static final Resource CERTIFICATE_SIGNING_REQUESTS =
            clusterScoped("certificates.k8s.io/v1", "certificatesigningrequests", "CertificateSigningRequest");
    public static final Resource CUSTOM_RESOURCE_DEFINITIONS =
            clusterScoped("apiextensions.k8s.io/v1", "customresourcedefinitions", "CustomResourceDefinition");

    private Resources() { }
}
