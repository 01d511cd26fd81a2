package home.oikos.pki;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// Certificates and keys as text (RFC 7468). PEM and not PKCS#12: a key store costs half a second of key derivation at every start.
public final class Pem {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private static final int SCALAR_BYTES = 32;
    /// The point uncompressed: 4, x, y.
    private static final int POINT_BYTES = 65;
    /// A sequence of 119 bytes: version 1, then the scalar as a string of octets.
    private static final byte[] SEC1_HEAD = HexFormat.of().parseHex("30770201010420");
    /// The curve P-256, then the point as a string of bits.
    private static final byte[] SEC1_MIDDLE = HexFormat.of().parseHex("a00a06082a8648ce3d030107a144034200");

    private Pem() { }

    public static String certificate(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /// PKCS#8, unencrypted: the file's mode protects it.
    public static String privateKey(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    /// A P-256 key as SEC 1 has it (RFC 5915), with its curve and its public half. Clients take the algorithm from this label (fabric8
    /// takes what it finds in PKCS#8 for RSA), and some of them want the public half, which the JDK's PKCS#8 leaves out.
    static String ecPrivateKey(ECPrivateKey key, PublicKey itsPublic) {
        var der = ByteBuffer.allocate(SEC1_HEAD.length + SCALAR_BYTES + SEC1_MIDDLE.length + POINT_BYTES);
        var spki = itsPublic.getEncoded();
        der.put(SEC1_HEAD).put(scalar(key)).put(SEC1_MIDDLE).put(spki, spki.length - POINT_BYTES, POINT_BYTES);
        return block("EC PRIVATE KEY", der.array());
    }

    private static byte[] scalar(ECPrivateKey key) {
        var digits = key.getS().toByteArray();
        var padded = new byte[SCALAR_BYTES];
        int taken = Math.min(digits.length, SCALAR_BYTES);
        System.arraycopy(digits, digits.length - taken, padded, SCALAR_BYTES - taken, taken);
        return padded;
    }

    public static String publicKey(PublicKey key) {
        return block("PUBLIC KEY", key.getEncoded());
    }

    private static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /// Every certificate in the text, in order.
    /// @throws GeneralSecurityException when there is none or one is not a certificate
    public static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        var found = new ArrayList<X509Certificate>();
        for (var der : blocks("CERTIFICATE", text)) {
            var in = new ByteArrayInputStream(der);
            found.add((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        if (found.isEmpty()) throw new GeneralSecurityException("expected a PEM block CERTIFICATE, found none");
        return found;
    }

    /// The first EC private key in the text.
    public static PrivateKey ecPrivateKey(String text) throws GeneralSecurityException {
        return privateKey("EC", text);
    }

    /// The first private key in the text.
    /// @param algorithm of the key, as Java names it
    public static PrivateKey privateKey(String algorithm, String text) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(first("PRIVATE KEY", text)));
    }

    /// The first public key in the text.
    /// @param algorithm of the key, as Java names it
    public static PublicKey publicKey(String algorithm, String text) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(first("PUBLIC KEY", text)));
    }

    /// The bytes of the first block of that label.
    static byte[] first(String label, String text) throws GeneralSecurityException {
        for (var der : blocks(label, text)) return der;
        throw new GeneralSecurityException("expected a PEM block " + label + ", found none");
    }

    private static List<byte[]> blocks(String label, String text) throws GeneralSecurityException {
        var found = new ArrayList<byte[]>();
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).equals(label)) found.add(decode(blocks.group(2)));
        }
        return found;
    }

    private static byte[] decode(String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("a PEM block holds no base64", e);
        }
    }
}
