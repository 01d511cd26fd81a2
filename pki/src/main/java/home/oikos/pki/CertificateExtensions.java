package home.oikos.pki;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The extensions of a certificate (RFC 5280 section 4.2), in the order they are added. One thread fills it.
final class CertificateExtensions {
    static final String NAME_CONSTRAINTS = "2.5.29.30";
    static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final byte DIGITAL_SIGNATURE = (byte) 0x80;
    private static final byte SIGNS_CERTIFICATES_AND_LISTS = 0x06;
    /// The kinds of a general name that occur here.
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final List<Der> extensions = new ArrayList<>();

    List<Der> all() {
        return List.copyOf(extensions);
    }

    /// An authority for leaves alone, below the constraints.
    CertificateExtensions authority(NameConstraints constraints) {
        return critical("2.5.29.19", Der.sequence(Der.TRUE, Der.integer(BigInteger.ZERO)))
                .critical("2.5.29.15", Der.bits(1, (byte) (DIGITAL_SIGNATURE | SIGNS_CERTIFICATES_AND_LISTS)))
                .critical(NAME_CONSTRAINTS, Der.sequence(Der.tagged(0, permitted(constraints))));
    }

    /// What signs for itself and for that purpose, and vouches for nobody.
    CertificateExtensions leaf(String purpose) {
        return critical("2.5.29.19", Der.sequence()).critical("2.5.29.15", Der.bits(7, DIGITAL_SIGNATURE))
                .plain("2.5.29.37", Der.sequence(Der.identifier(purpose)));
    }

    CertificateExtensions names(ServerNames names) {
        var all = new ArrayList<Der>();
        for (var host : names.hosts()) all.add(dns(host));
        for (var address : names.addresses()) all.add(Der.tagged(IP_ADDRESS, address.getAddress()));
        return plain("2.5.29.17", Der.sequence(all));
    }

    CertificateExtensions subjectKey(byte[] identifier) {
        return plain("2.5.29.14", Der.octets(identifier));
    }

    CertificateExtensions authorityKey(byte[] identifier) {
        return plain("2.5.29.35", Der.sequence(Der.tagged(0, identifier)));
    }

    private CertificateExtensions critical(String id, Der value) {
        extensions.add(Der.sequence(Der.identifier(id), Der.TRUE, Der.octets(value.encoded())));
        return this;
    }

    private CertificateExtensions plain(String id, Der value) {
        extensions.add(Der.sequence(Der.identifier(id), Der.octets(value.encoded())));
        return this;
    }

    private static Der dns(String name) {
        return Der.tagged(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }

    private static List<Der> permitted(NameConstraints constraints) {
        var subtrees = new ArrayList<Der>();
        for (var domain : constraints.domains()) subtrees.add(Der.sequence(dns(domain)));
        for (var range : constraints.ranges()) subtrees.add(Der.sequence(Der.tagged(IP_ADDRESS, range.constraint())));
        return subtrees;
    }

    /// Reads what [#authority] wrote.
    /// @param extension the extension's value as the JDK hands it over, an octet string around it
    static NameConstraints constraints(byte[] extension) {
        var domains = new ArrayList<String>();
        var ranges = new ArrayList<AddressRange>();
        for (var subtree : Der.read(Der.read(extension).content()).parts().getFirst().parts()) {
            var name = subtree.parts().getFirst();
            if (name.tag() == Der.tagged(DNS_NAME, name.content()).tag()) domains.add(new String(name.content(), StandardCharsets.US_ASCII));
            else ranges.add(range(name.content()));
        }
        return new NameConstraints(domains, ranges);
    }

    private static AddressRange range(byte[] networkAndMask) {
        int half = networkAndMask.length / 2;
        int prefixBits = 0;
        for (int i = half; i < networkAndMask.length; i++) prefixBits += Integer.bitCount(networkAndMask[i] & 0xff);
        try {
            return new AddressRange(InetAddress.getByAddress(Arrays.copyOf(networkAndMask, half)), prefixBits);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("our own CA holds whole addresses", e);
        }
    }
}
