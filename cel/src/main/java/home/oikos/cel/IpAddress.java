package home.oikos.cel;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// An address of IPv4 or IPv6.
record IpAddress(InetAddress address) {
    /// Four decimal parts without leading zeros; anything with a colon is left to the JDK's reader, which asks no name server for it.
    private static final Pattern V4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

    static Optional<IpAddress> find(String text) {
        if (text.indexOf(':') < 0 ? !V4.matcher(text).matches() : text.indexOf('%') >= 0) return Optional.empty();
        try {
            var address = InetAddress.ofLiteral(text);
            return text.indexOf(':') >= 0 && address instanceof Inet4Address ? Optional.empty() : Optional.of(new IpAddress(address));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static IpAddress parse(String text) {
        return find(text).orElseThrow(() -> new CelException("IP Address \"" + text + "\" parse error during conversion from string"));
    }

    int family() {
        return address instanceof Inet4Address ? 4 : 6;
    }

    byte[] bytes() {
        return address.getAddress();
    }

    boolean isLinkLocalMulticast() {
        return family() == 4 ? address.getHostAddress().startsWith("224.0.0.") : address.isMCLinkLocal();
    }

    boolean isGlobalUnicast() {
        return !address.isAnyLocalAddress() && !address.isLoopbackAddress() && !address.isMulticastAddress() && !address.isLinkLocalAddress()
                && !address.getHostAddress().equals("255.255.255.255");
    }

    /// The canonical text: of IPv6 the longest run of zeros is left out.
    @Override
    public String toString() {
        if (family() == 4) return address.getHostAddress();
        var text = address.getHostAddress();
        var longest = "";
        var runs = Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])").matcher(text);
        while (runs.find()) {
            if (runs.group().length() > longest.length()) longest = runs.group();
        }
        if (longest.isEmpty()) return text;
        var parts = Pattern.compile("(?<![0-9a-f])" + longest + "(?![0-9a-f])").split(text, 2);
        return parts[0].replaceAll(":$", "") + "::" + parts[1].replaceAll("^:", "");
    }
}
