package home.oikos.node;

import java.nio.ByteBuffer;

/// One resource record of our own zones.
/// @param content as it goes over the wire
record DnsRecord(String name, int type, int ttlSeconds, byte[] content) {
    /// How long an answer may be kept: Services come and go, and asking us is cheap.
    static final int TTL_SECONDS = 5;

    static DnsRecord address(String name, String ip) {
        var content = new byte[4];
        int at = 0;
        for (var part : ip.split("\\.")) content[at++] = (byte) Integer.parseInt(part);
        return new DnsRecord(name, DnsQuery.A, TTL_SECONDS, content);
    }

    static DnsRecord alias(String name, String target) {
        return new DnsRecord(name, DnsQuery.CNAME, TTL_SECONDS, DnsName.write(target));
    }

    static DnsRecord pointer(String name, String target) {
        return new DnsRecord(name, DnsQuery.PTR, TTL_SECONDS, DnsName.write(target));
    }

    static DnsRecord service(String name, int port, String target) {
        var bytes = DnsName.write(target);
        return new DnsRecord(name, DnsQuery.SRV, TTL_SECONDS,
                ByteBuffer.allocate(6 + bytes.length).putShort((short) 0).putShort((short) 100).putShort((short) port).put(bytes).array());
    }

    static DnsRecord authority(String zone) {
        var server = DnsName.write("ns.dns." + zone);
        var person = DnsName.write("hostmaster." + zone);
        return new DnsRecord(zone, DnsQuery.SOA, TTL_SECONDS, ByteBuffer.allocate(server.length + person.length
                + 20).put(server).put(person)
                .putInt(1).putInt(7_200).putInt(1_800).putInt(86_400).putInt(TTL_SECONDS).array());
    }

    int size() {
        return DnsName.write(name).length + 10 + content.length;
    }

    void write(ByteBuffer out) {
        out.put(DnsName.write(name)).putShort((short) type).putShort((short) 1).putInt(ttlSeconds)
                .putShort((short) content.length).put(content);
    }
}
