package home.oikos.pki;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// What our CA may vouch for: names and addresses of a home. Whoever steals its key cannot pose as a bank to a phone that trusts it.
/// @param domains DNS names, each with everything below it
/// @param ranges address blocks
record NameConstraints(List<String> domains, List<AddressRange> ranges) {
    static final List<String> DOMAINS_OF_A_HOME = List.of("local", "home.arpa", "cluster.local", "localhost", "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc");

    NameConstraints {
        domains = List.copyOf(domains);
        ranges = List.copyOf(ranges);
    }

    /// The home's ranges, and of the machine's names at the CA's birth those outside of them, each for itself: a bare host name is
    /// below no domain, and a rented machine has a public address.
    static NameConstraints around(ServerNames names) {
        var constraints = new NameConstraints(DOMAINS_OF_A_HOME, AddressRange.OF_A_HOME);
        var domains = new ArrayList<>(constraints.domains);
        var ranges = new ArrayList<>(constraints.ranges);
        for (var host : names.hosts()) if (!constraints.permits(host)) domains.add(host);
        for (var address : names.addresses()) if (!constraints.permits(address)) ranges.add(AddressRange.only(address));
        return new NameConstraints(domains, ranges);
    }

    boolean permits(String host) {
        return domains.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }

    boolean permits(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /// The names without those a client would refuse the whole certificate for.
    ServerNames permitted(ServerNames names) {
        return new ServerNames(names.hosts().stream().filter(this::permits).toList(), names.addresses().stream().filter(this::permits)
                .toList());
    }
}
