package home.oikos.cel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// The addresses that begin with the same bits.
record IpBlock(IpAddress address, int prefixLength) {
    static Optional<IpBlock> find(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9]\\d{0,2}")) return Optional.empty();
        int bits = Integer.parseInt(text.substring(slash + 1));
        return IpAddress.find(text.substring(0, slash)).filter(a -> bits <= a.bytes().length * Byte.SIZE).map(a -> new IpBlock(a, bits));
    }

    static IpBlock parse(String text) {
        return find(text).orElseThrow(() -> new CelException("network address parse error during conversion from string: " + text));
    }

    boolean contains(IpAddress other) {
        return other.family() == address.family() && first(other.bytes()).equals(first(address.bytes()));
    }

    boolean contains(IpBlock other) {
        return other.prefixLength >= prefixLength && contains(other.address);
    }

    IpBlock masked() {
        try {
            var bytes = address.bytes();
            for (int bit = prefixLength; bit < bytes.length * Byte.SIZE; bit++) bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
            return new IpBlock(new IpAddress(InetAddress.getByAddress(bytes)), prefixLength);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("as long as it was", e);
        }
    }

    private java.math.BigInteger first(byte[] bytes) {
        return new java.math.BigInteger(1, bytes).shiftRight(bytes.length * Byte.SIZE - prefixLength);
    }
}
