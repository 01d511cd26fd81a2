package home.oikos.client;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/// Reads a private key of a kubeconfig. Kubernetes' tools also write the older RSA (PKCS #1) and EC (SEC 1) forms, which the JDK does not
/// read: both are wrapped into PKCS #8 (RFC 5208) here.
final class PemKey {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]+)-----END");
    private static final byte[] RSA_ALGORITHM = hex("300d06092a864886f70d0101010500");
    private static final byte[] EC_PUBLIC_KEY = hex("06072a8648ce3d0201");
    private static final byte[][] CURVES = {hex("06082a8648ce3d030107"), hex("06052b81040022"), hex("06052b81040023")};

    private PemKey() { }

    static PrivateKey read(String pem) throws GeneralSecurityException {
        var block = BLOCK.matcher(pem);
        if (!block.find()) throw new InvalidKeySpecException("expected a PEM private key");
        var der = Base64.getMimeDecoder().decode(block.group(2));
        return switch (block.group(1)) {
            case "RSA PRIVATE KEY" -> key(wrap(RSA_ALGORITHM, der), "RSA");
            case "EC PRIVATE KEY" -> key(wrap(sequence(EC_PUBLIC_KEY, curve(der)), der), "EC");
            default -> any(der);
        };
    }

    private static PrivateKey any(byte[] pkcs8) throws GeneralSecurityException {
        for (var algorithm : new String[] {"EC", "RSA", "EdDSA"}) {
            try {
                return key(pkcs8, algorithm);
            } catch (InvalidKeySpecException another) {
                // The algorithm is inside; the JDK wants it named, so the next one is tried.
            }
        }
        throw new InvalidKeySpecException("expected an EC, RSA or Ed25519 private key");
    }

    private static PrivateKey key(byte[] pkcs8, String algorithm) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static byte[] curve(byte[] der) throws InvalidKeySpecException {
        for (var curve : CURVES) if (contains(der, curve)) return curve;
        throw new InvalidKeySpecException("expected a P-256, P-384 or P-521 key");
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            if (java.util.Arrays.equals(all, at, at + part.length, part, 0, part.length)) return true;
        }
        return false;
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return sequence(new byte[] {2, 1, 0}, algorithm, tagged(4, key));
    }

    private static byte[] sequence(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) all.writeBytes(part);
        return tagged(0x30, all.toByteArray());
    }

    /// DER: tag, length in its shortest form, content.
    private static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length >= 0x100) out.writeBytes(new byte[] {(byte) 0x82, (byte) (content.length >> 8)});
        else if (content.length >= 0x80) out.write(0x81);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] hex(String digits) {
        return java.util.HexFormat.of().parseHex(digits);
    }
}
