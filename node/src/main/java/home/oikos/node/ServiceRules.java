package home.oikos.node;

import home.oikos.host.AddressPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/// The content of the instance's nftables table: which address and port leads to which pod, and which traffic is given the machine's own
/// address. The same Services give the same text. Pure.
record ServiceRules(AddressPlan addresses, List<ServicePort> ports) {
    ServiceRules {
        ports = List.copyOf(ports);
    }

    String text() {
        var reachable = ports.stream().filter(port -> !port.endpoints().isEmpty()).toList();
        return chains(reachable) + """
                map services { type ipv4_addr . inet_proto . inet_service : verdict; %s }
                map machine { type inet_proto . inet_service : verdict; %s }
                map loopback { type inet_proto . inet_service : verdict; %s }
                chain dispatch {
                  ip daddr . meta l4proto . th dport vmap @services
                  ip daddr != 127.0.0.0/8 fib daddr type local meta l4proto . th dport vmap @machine
                }
                chain prerouting { type nat hook prerouting priority dstnat; policy accept; jump dispatch; }
                chain output { type nat hook output priority -100; policy accept; jump dispatch; ip daddr 127.0.0.0/8 meta l4proto . th dport vmap @loopback; }
                chain postrouting {
                  type nat hook postrouting priority srcnat; policy accept;
                %s  ip saddr %s ip daddr != %s masquerade
                  ip saddr 127.0.0.0/8 ip daddr %s masquerade
                }
                chain guarded {
                  type filter hook input priority filter; policy accept;
                  iifname != "lo" ip daddr 127.0.0.0/8 ct state != { established, related } ct status & dnat == 0 drop
                }
                chain unreached {
                  ip daddr %s meta l4proto tcp reject with tcp reset
                  ip daddr %s reject
                }
                chain forwarded { type filter hook forward priority filter; policy accept; jump unreached; }
                chain sent { type filter hook output priority filter; policy accept; jump unreached; }
                """.formatted(elements(serviceElements(reachable)), elements(machineElements(reachable, true)),
                elements(machineElements(reachable, false)), hairpin(reachable), addresses.pods(), addresses.block(), addresses.pods(),
                addresses.services(), addresses.services());
    }

    private static String elements(List<String> elements) {
        return elements.isEmpty() ? "" : "elements = { " + String.join(", ", elements) + " };";
    }

    private static List<String> serviceElements(List<ServicePort> ports) {
        var elements = new ArrayList<String>();
        for (var port : ports) {
            for (var address : port.addresses()) elements.add(address + " . " + port.protocol() + " . " + port.port() + " : goto "
                    + chain(port));
        }
        return elements;
    }

    /// Two Services may ask for the same port of the machine; the first by name has it. On the loopback only node ports answer: the others
    /// belong to whoever listens there.
    /// @param balanced whether the ports of LoadBalancers are among them
    private static List<String> machineElements(List<ServicePort> ports, boolean balanced) {
        var keys = new TreeSet<String>();
        var elements = new ArrayList<String>();
        for (var port : ports) {
            for (int number : balanced ? new int[] {port.nodePort(), port.hostPort()} : new int[] {port.nodePort()}) {
                var key = port.protocol() + " . " + number;
                if (number > 0 && keys.add(key)) elements.add(key + " : goto " + chain(port));
            }
        }
        return elements;
    }

    private static String chains(List<ServicePort> ports) {
        return ports.stream().map(port -> "chain " + chain(port) + " { " + destination(port) + "; }\n").collect(Collectors.joining());
    }

    private static String destination(ServicePort port) {
        var endpoints = port.endpoints();
        var first = endpoints.getFirst();
        var filter = "meta l4proto " + port.protocol() + " ";
        if (endpoints.size() == 1) return filter + "dnat to " + first.ip() + ":" + first.port();
        var choices = new ArrayList<String>();
        for (var endpoint : endpoints) choices.add(choices.size() + " : " + endpoint.ip() + " . " + endpoint.port());
        var pick = (port.sticky() ? "jhash ip saddr" : "numgen random") + " mod " + endpoints.size();
        return filter + "dnat ip addr . port to " + pick + " map { " + String.join(", ", choices) + " }";
    }

    /// A pod that reaches itself through a Service must see another sender than itself, or its answer never leaves it.
    private String hairpin(List<ServicePort> ports) {
        var ips = new TreeSet<String>();
        ports.forEach(port -> port.endpoints().stream().map(ServicePort.Endpoint::ip).filter(addresses.pods()::contains).forEach(ips::add));
        if (ips.isEmpty()) return "";
        return "  ip saddr . ip daddr { " + ips.stream().map(ip -> ip + " . " + ip).collect(Collectors.joining(", ")) + " } masquerade\n";
    }

    /// A chain's name may hold few characters; the checksum keeps two Services apart whose names look alike without theirs.
    static String chain(ServicePort port) {
        var crc = new CRC32C();
        crc.update(port.name().getBytes(StandardCharsets.UTF_8));
        var readable = port.name().replaceAll("[^A-Za-z0-9]", "_");
        return "to_" + readable.substring(0, Math.min(readable.length(), 80)) + "_" + Long.toHexString(crc.getValue());
    }
}
