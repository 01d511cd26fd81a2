package home.oikos.pki;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// A block of IP addresses, as a name constraint holds it: the network and how many of its leading bits count.
record AddressRange(InetAddress network, int prefixBits) {
    /// Where a home's machines live: private (RFC 1918, RFC 4193), shared (RFC 6598: overlay VPNs), link-local and loopback.
    static final List<AddressRange> OF_A_HOME = List.of(
            of("10.0.0.0", 8), of("172.16.0.0", 12), of("192.168.0.0", 16), of("100.64.0.0", 10), of("169.254.0.0", 16), of("127.0.0.0", 8),
            of("fc00::", 7), of("fe80::", 10), of("::1", 128));

    private static AddressRange of(String literal, int prefixBits) {
        return new AddressRange(InetAddress.ofLiteral(literal), prefixBits);
    }

    static AddressRange only(InetAddress address) {
        return new AddressRange(address, address.getAddress().length * Byte.SIZE);
    }

    /// The bytes of the network mask.
    private byte[] mask() {
        var mask = new byte[network.getAddress().length];
        for (int bit = 0; bit < prefixBits; bit++) mask[bit / 8] |= (byte) (0x80 >> bit % 8);
        return mask;
    }

    /// Network and mask one after the other (RFC 5280 section 4.2.1.10).
    byte[] constraint() {
        var bytes = network.getAddress();
        var both = Arrays.copyOf(bytes, 2 * bytes.length);
        System.arraycopy(mask(), 0, both, bytes.length, bytes.length);
        return both;
    }

    boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    private boolean contains(byte[] address) {
        var wanted = network.getAddress();
        if (address.length != wanted.length) return false;
        var mask = mask();
        for (int i = 0; i < wanted.length; i++) {
            if ((address[i] & mask[i]) != (wanted[i] & mask[i])) return false;
        }
        return true;
    }
}
