package home.oikos.pki;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a server certificate must name: every way in which a client in the house may reach the machine.
/// @param hosts DNS names, lower case
/// @param addresses IP addresses
public record ServerNames(List<String> hosts, List<InetAddress> addresses) {
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    /// How pods name the API (the Service `kubernetes`).
    private static final List<String> SERVICE_NAMES = List.of("kubernetes", "kubernetes.default", "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local");

    /// GeneralName's choices (RFC 5280 section 4.2.1.6).
    private static final Integer DNS_NAME = 2;
    private static final Integer IP_ADDRESS = 7;
    /// A certificate travels in every handshake: 100 addresses are about 1 KiB of it. A machine with more has bridges nobody visits.
    private static final int ADDRESSES_MAX = 100;

    public ServerNames {
        hosts = List.copyOf(new LinkedHashSet<>(hosts));
        addresses = List.copyOf(new LinkedHashSet<>(addresses));
    }

    /// The names of this machine: its host name, with `.local` and `.home.arpa`, localhost, the Service names, its addresses now, and what
    /// the caller adds.
    public static ServerNames of(String hostname, Collection<String> extraHosts,
            Collection<InetAddress> extraAddresses) throws SocketException {
        var addresses = new ArrayList<InetAddress>(List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")));
        addresses.addAll(addressesOfThisMachine());
        addresses.addAll(extraAddresses);
        return new ServerNames(hosts(hostname, extraHosts), addresses);
    }

    private static List<String> hosts(String hostname, Collection<String> extraHosts) {
        var hosts = new ArrayList<>(List.of("localhost"));
        var first = hostname.toLowerCase(Locale.ROOT).split("\\.", 2)[0];
        if (DNS_LABEL.matcher(first).matches()) hosts.addAll(List.of(first, first + ".local", first + ".home.arpa"));
        hosts.addAll(SERVICE_NAMES);
        for (var extra : extraHosts) hosts.add(extra.toLowerCase(Locale.ROOT));
        return hosts;
    }

    private static List<InetAddress> addressesOfThisMachine() throws SocketException {
        return NetworkInterface.networkInterfaces().flatMap(link -> link.getInterfaceAddresses().stream()).filter(ServerNames::isOnANetwork)
                .map(InterfaceAddress::getAddress).filter(ServerNames::isNamedInUrls).distinct()
                .sorted(Comparator.comparing(InetAddress::getHostAddress)).limit(ADDRESSES_MAX).toList();
    }

    /// The ends of pods' links are single addresses (/32) that come and go; nobody in the house reaches the machine by them, and each would bring
    /// a new certificate whose fingerprint nobody has been told.
    private static boolean isOnANetwork(InterfaceAddress address) {
        return !(address.getAddress() instanceof Inet4Address) || address.getNetworkPrefixLength() < 32;
    }

    /// fe80::... needs an interface's name beside it, which no URL has; and every pod's veth brings a new one.
    private static boolean isNamedInUrls(InetAddress address) {
        return !(address instanceof Inet6Address && address.isLinkLocalAddress());
    }

    /// Those of these names that the certificate does not carry.
    ServerNames missingFrom(X509Certificate certificate) throws CertificateParsingException {
        var carriedHosts = new HashSet<String>();
        var carriedAddresses = new HashSet<InetAddress>();
        var carried = certificate.getSubjectAlternativeNames();
        for (var name : carried == null ? List.<List<?>>of() : carried) {
            if (name.get(0).equals(DNS_NAME)) carriedHosts.add((String) name.get(1));
            if (name.get(0).equals(IP_ADDRESS)) carriedAddresses.add(InetAddress.ofLiteral((String) name.get(1)));
        }
        return new ServerNames(hosts.stream().filter(host -> !carriedHosts.contains(host)).toList(),
                addresses.stream().filter(address -> !carriedAddresses.contains(address)).toList());
    }

    boolean isEmpty() {
        return hosts.isEmpty() && addresses.isEmpty();
    }
}
