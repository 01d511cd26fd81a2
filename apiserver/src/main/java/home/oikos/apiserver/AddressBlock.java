package home.oikos.apiserver;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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

    /// A free address. The first ones are kept for Services that every cluster has at known places, and given last.
    Optional<String> free(Set<String> taken, RandomGenerator random) {
        int reserved = Math.min(256, size() / 4);
        return free(reserved, size() - 1, taken, random).or(() -> free(1, reserved, taken, random));
    }

    private Optional<String> free(int from, int to, Set<String> taken, RandomGenerator random) {
        int span = to - from;
        int start = random.nextInt(span);
        return IntStream.range(0, span).mapToObj(i -> address(from + (start + i) % span)).filter(address -> !taken.contains(address)).findFirst();
    }

    @Override
    public String toString() {
        return address(0) + "/" + bits;
    }
}
