package home.oikos.host;

/// A range of IPv4 addresses: those that share the first `bits` bits with `address`.
public record Ipv4Range(int address, int bits) {
    public Ipv4Range {
        if (bits < 0 || bits > 32) throw new IllegalArgumentException("a prefix has 0 to 32 bits, not " + bits);
        address &= mask(bits);
    }

    /// Reads `10.1.2.0/24`, or a single address.
    public static Ipv4Range parse(String text) {
        int slash = text.indexOf('/');
        int bits = slash < 0 ? 32 : Integer.parseInt(text.substring(slash + 1));
        return new Ipv4Range(number(slash < 0 ? text : text.substring(0, slash)), bits);
    }

    static int number(String dotted) {
        int number = 0;
        var parts = dotted.split("\\.", -1);
        if (parts.length != 4) throw new IllegalArgumentException("\"" + dotted + "\" is no IPv4 address");
        for (var part : parts) number = number << 8 | Integer.parseInt(part) & 0xff;
        return number;
    }

    private static int mask(int bits) {
        return bits == 0 ? 0 : -1 << 32 - bits;
    }

    public boolean overlaps(Ipv4Range other) {
        int common = mask(Math.min(bits, other.bits));
        return (address & common) == (other.address & common);
    }

    public boolean contains(String dotted) {
        return (number(dotted) & mask(bits)) == address;
    }

    /// The address that many places after the first.
    public String at(int offset) {
        int number = address + offset;
        return (number >>> 24) + "." + (number >>> 16 & 0xff) + "." + (number >>> 8 & 0xff) + "." + (number & 0xff);
    }

    /// The part of that many bits that begins that many addresses after the first.
    public Ipv4Range part(int offset, int partBits) {
        return new Ipv4Range(address + offset, partBits);
    }

    @Override
    public String toString() {
        return at(0) + "/" + bits;
    }
}
