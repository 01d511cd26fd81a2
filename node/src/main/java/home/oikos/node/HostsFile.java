package home.oikos.node;

import home.oikos.api.Json;
import java.util.stream.Collectors;

/// A pod's /etc/hosts: itself by name, and its `hostAliases`. Pure.
final class HostsFile {
    /// Programs and the conformance tests know by this line, which the kubelet writes, whether the file was made for the pod.
    private static final String FIRST_LINE = "# Kubernetes-managed hosts file.";

    private HostsFile() { }

    static String of(Json pod, String podIp, String hostname, String clusterDomain) {
        var own = new StringBuilder(FIRST_LINE + "\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n"
                + "fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n");
        if (!podIp.isEmpty()) own.append(podIp).append('\t').append(full(pod, hostname, clusterDomain)).append(hostname).append('\n');
        for (var alias : pod.at("spec", "hostAliases").array()) {
            own.append(alias.at("ip").text("")).append('\t').append(alias.at("hostnames").array().stream().map(name -> name.text(""))
                    .collect(Collectors.joining("\t"))).append('\n');
        }
        return own.toString();
    }

    private static String full(Json pod, String hostname, String clusterDomain) {
        var subdomain = pod.at("spec", "subdomain").text("");
        if (subdomain.isEmpty()) return "";
        return hostname + "." + subdomain + "." + pod.at("metadata", "namespace").text("") + ".svc." + clusterDomain + "\t";
    }
}
