package home.oikos.dist;

import home.oikos.host.Instance;
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.CertificateFile;
import home.oikos.pki.DataKeys;
import home.oikos.pki.KeyedCertificate;
import home.oikos.pki.Kubeconfig;
import home.oikos.pki.Pem;
import home.oikos.pki.RecoveryKey;
import home.oikos.pki.RootKey;
import home.oikos.pki.SecretFile;
import home.oikos.pki.ServerNames;
import home.oikos.pki.SigningRequest;
import home.oikos.pki.TokenKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Every key of a home, in its places below DIR; made at the first start.
///
/// @param certificates DIR/pki: the CA and what it signed
/// @param data seals Secrets in the store
/// @param tokens signs ServiceAccount tokens
record Keys(CertificateAuthority authority, CertificateFile certificates, DataKeys data, TokenKeys tokens) {
    /// Where the recovery key waits, in the run directory, until `welcome` has shown it.
    static final String RECOVERY = "recovery-key";

    static Keys open(Instance instance, Settings settings, Clock clock, SecureRandom random) throws IOException, GeneralSecurityException {
        var folder = instance.dataDir().resolve("keys");
        SecretFile.createDirectories(folder);
        var data = DataKeys.open(folder.resolve("data"), root(instance.dataDir(), settings, random), random);
        recovery(instance, random);
        var pki = instance.dataDir().resolve("pki");
        var authority = CertificateAuthority.open(pki, names(settings), clock, random);
        SecretFile.writePublic(instance.dataDir().resolve("ca.crt"), authority.certificatePem().getBytes(StandardCharsets.US_ASCII));
        return new Keys(authority, new CertificateFile(pki, authority), data, TokenKeys.open(folder, "tokens", random));
    }

    /// A home that has data keys already is never given another root key: it could open nothing with it, and it would lie there as if it could.
    private static RootKey root(Path data, Settings settings, SecureRandom random) throws IOException, GeneralSecurityException {
        var file = rootKey(data, settings);
        if (Files.exists(data.resolve("keys/data")) && !Files.exists(file)) {
            throw new IOException("expected the root key of this home in %s, found no such file; if it lies elsewhere: ./oikos up --key FILE"
                    .formatted(file));
        }
        return RootKey.inFile(file, random);
    }

    static Path rootKey(Path data, Settings settings) {
        return settings.key().orElse(data.resolve("keys/root"));
    }

    /// Only the public half stays; the key itself is shown once.
    private static void recovery(Instance instance, SecureRandom random) throws IOException, GeneralSecurityException {
        var publicHalf = recoveryFile(instance.dataDir());
        if (Files.exists(publicHalf)) return;
        var key = RecoveryKey.generate(random);
        SecretFile.write(instance.runDir().resolve(RECOVERY), key.toString().getBytes(StandardCharsets.US_ASCII));
        SecretFile.write(publicHalf, RecoveryKey.encoded(key.publicKey()));
    }

    private static Path recoveryFile(Path data) {
        return data.resolve("keys/recovery.pub");
    }

    /// What backups are sealed to.
    static PublicKey recovery(Path data) throws IOException, GeneralSecurityException {
        return RecoveryKey.decoded(Files.readAllBytes(recoveryFile(data)));
    }

    /// Every name and address by which a client in the house may know this machine.
    /// @param more addresses that no interface of the machine has, such as a ClusterIP
    static ServerNames names(Settings settings, String... more) throws IOException {
        var extra = new ArrayList<InetAddress>();
        var listening = InetAddress.getByName(settings.host());
        if (!listening.isAnyLocalAddress()) extra.add(listening);
        for (var address : more) extra.add(InetAddress.ofLiteral(address));
        return ServerNames.of(LanAddress.hostName(), List.of(MqttService.HOST), extra);
    }

    KeyedCertificate server(ServerNames names) throws IOException, GeneralSecurityException {
        return certificates.server(names);
    }

    /// What a CertificateSigningRequest asks for, in PEM.
    /// @throws IllegalArgumentException when it cannot be signed, with the reason in words
    String sign(String request, Duration validity) {
        try {
            return Pem.certificate(authority.sign(SigningRequest.read(request), validity));
        } catch (GeneralSecurityException refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
    }

    /// DIR/kubeconfig: an administrator of this home.
    void writeKubeconfig(Path data, Settings settings) throws IOException, GeneralSecurityException {
        var admin = certificates.client("admin", "owner", List.of("system:masters"));
        new Kubeconfig("oikos", settings.ownUrl(), authority.certificatePem(), admin).write(data.resolve("kubeconfig"));
    }
}
