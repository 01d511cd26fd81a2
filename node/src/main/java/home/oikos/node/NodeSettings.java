package home.oikos.node;

import home.oikos.host.AddressPlan;
import home.oikos.host.Instance;
import java.nio.file.Path;

/// What the node agent of an instance is told by whoever starts it.
/// @param hostIp the machine's address on its network
/// @param clusterDomain what names of Services end in
public record NodeSettings(Instance instance, AddressPlan addresses, String nodeName, String hostIp, String clusterDomain) {
    public static final String CLUSTER_DOMAIN = "cluster.local";

    public NodeSettings(Instance instance, AddressPlan addresses, String nodeName, String hostIp) {
        this(instance, addresses, nodeName, hostIp, CLUSTER_DOMAIN);
    }

    /// Where the DNS server answers pods.
    public String dnsAddress() {
        return addresses.own();
    }

    PodFolders folders(String podUid) {
        return new PodFolders(instance.dataDir().resolve("pods").resolve(podUid),
                instance.runDir().resolve("volatile/pods").resolve(podUid));
    }

    Path logs(PodIdentity pod) {
        return instance.dataDir().resolve("logs").resolve(pod.namespace() + "_" + pod.name() + "_" + pod.uid());
    }
}
