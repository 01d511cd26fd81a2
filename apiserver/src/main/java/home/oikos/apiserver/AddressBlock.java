package home.oikos.apiserver;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A block of IPv4 addresses, such as the one Services get theirs from.
/// @param base its first address as a number
/// @param bits how many of the 32 are fixed
public record AddressBlock(int base, int bits) {
    /// @param text in CIDR notation, such as `10.96.0.0/16`
    public static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        int bits = Integer.parseInt(text.substring(slash + 1));
        if (bits < 8 || bits > 30) throw new IllegalArgumentException("expected a block of 8 to 30 bits, found " + text);
        return new AddressBlock(number(text.substring(0, slash)) & -1 << 32 - bits, bits);
    }

    private static int number(String address) {
        return ByteBuffer.wrap(Inet4Address.ofLiteral(address).getAddress()).getInt();
    }

    private int size() {
        return 1 << 32 - bits;
    }

    /// The address at that place in the block.
    public String address(int index) {
        int number = base + index;
        return (number >>> 24) + "." + (number >>> 16 & 255) + "." + (number >>> 8 & 255) + "." + (number & 255);
    }

    boolean contains(String address) {
        try {
            return (number(address) & -1 << 32 - bits) == base;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// A free address; the first ones are kept for Services that every cluster has at known places.
    String free(Set<String> taken, RandomGenerator random) {
        int reserved = Math.min(256, size() / 4);
        int span = size() - reserved - 1;
        int start = random.nextInt(span);
        for (int i = 0; i < span; i++) {
            var address = address(reserved + (start + i) % span);
            if (!taken.contains(address)) return address;
        }
        throw new IllegalStateException("all addresses of " + this + " are taken");
    }

    @Override
    public String toString() {
        return address(0) + "/" + bits;
    }
}
