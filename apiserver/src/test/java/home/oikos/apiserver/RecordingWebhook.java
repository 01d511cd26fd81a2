package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.http.HttpServer;
import home.oikos.http.ListenerOptions;
import home.oikos.http.ServerCertificate;
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.CertificateFile;
import home.oikos.pki.ServerNames;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/// A webhook over real HTTPS that remembers what it was asked.
final class RecordingWebhook implements AutoCloseable {
    private static final ServerNames NAMES = new ServerNames(List.of("localhost", "hook.default.svc"), List.of(InetAddress.getLoopbackAddress()));

    final Queue<Json> requests = new ConcurrentLinkedQueue<>();
    private final CertificateAuthority authority;
    private final HttpServer server;
    /// What it adds to its response, from the request.
    volatile UnaryOperator<JsonObject> answer = request -> JsonObject.of("allowed", true);

    RecordingWebhook(Path directory) throws Exception {
        authority = authority(directory);
        server = HttpServer.start(new ListenerOptions(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                certificate(directory)), (request, response) -> {
                    var asked = Json.parse(request.body(1 << 20)).at("request").object();
                    requests.add(asked);
                    var review = JsonObject.of("kind", "AdmissionReview", "apiVersion", "admission.k8s.io/v1", "response",
                            JsonObject.of("uid", asked.at("uid")).withAll(answer.apply(asked)));
                    response.send(200, "application/json", review.bytes());
                });
    }

    private static CertificateAuthority authority(Path directory) throws Exception {
        return CertificateAuthority.open(directory, NAMES, Clock.systemUTC(), new SecureRandom());
    }

    /// Of a server on this machine, which is also a Service.
    static ServerCertificate certificate(Path directory) throws Exception {
        var certificate = new CertificateFile(directory, authority(directory)).server(NAMES);
        return new ServerCertificate(certificate.key(), certificate.chain());
    }

    /// Dials this machine whatever the address: an endpoint may not be at 127.0.0.1.
    static Dialer toThisMachine() {
        return (address, timeout) -> new SocketDialer().dial(new Dialer.Address("127.0.0.1", address.port(), address.tls()), timeout);
    }

    int port() {
        return server.port();
    }

    String bundle() {
        return Base64.getEncoder().encodeToString(authority.certificatePem().getBytes(StandardCharsets.US_ASCII));
    }

    static JsonObject patch(String operations) {
        return JsonObject.of("allowed", true, "patchType", "JSONPatch", "patch",
                Base64.getEncoder().encodeToString(operations.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.close();
    }
}
