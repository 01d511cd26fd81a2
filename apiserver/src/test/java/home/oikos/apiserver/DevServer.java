package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.http.Filter;
import home.oikos.http.HttpServer;
import home.oikos.http.ListenerOptions;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalExchange;
import home.oikos.http.LocalRequest;
import home.oikos.http.ServerCertificate;
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.CertificateFile;
import home.oikos.pki.Kubeconfig;
import home.oikos.pki.ServerNames;
import home.oikos.pki.TokenKeys;
import home.oikos.store.LogOptions;
import home.oikos.store.LogStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// The API server alone, over TLS with the security of a home, to play with by kubectl: `DevServer DIRECTORY PORT` writes
/// `DIRECTORY/kubeconfig` and serves until it is killed.
final class DevServer {
    private static LocalExchange inside;
    private static X509Certificate administrator;

    private DevServer() { }

    /// What a controller would put into new namespaces.
    private static void furnish() throws IOException {
        if (!(inside.call(LocalRequest.of("GET", "/api/v1/namespaces")
                .withCertificate(administrator)) instanceof LocalAnswer.Whole whole)) return;
        for (var namespace : Json.parse(whole.body()).at("items").array()) furnish(namespace.at("metadata", "name").text(""));
    }

    private static void furnish(String namespace) throws IOException {
        post(namespace, "serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
        post(namespace, "configmaps", "{\"metadata\":{\"name\":\"kube-root-ca.crt\"},\"data\":{\"ca.crt\":\"x\"}}");
    }

    private static void post(String namespace, String resource, String body) throws IOException {
        var request = LocalRequest.of("POST", "/api/v1/namespaces/" + namespace + "/" + resource)
                .withBody(body.getBytes(StandardCharsets.UTF_8));
        request.withCertificate(administrator);
        inside.call(request);
    }

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1]));
        var clock = Clock.systemUTC();
        var random = new SecureRandom();
        var names = ServerNames.of("localhost", List.of(), List.of());
        var authority = CertificateAuthority.open(directory, names, clock, random);
        var files = new CertificateFile(directory, authority);
        var certificate = files.server(names);
        var store = LogStore.open(directory.resolve("store"), clock, LogOptions.standard());
        var security = HomeSecurity.open(store, new HomeSecurity.Parts(authority, TokenKeys.open(directory, "token", random), List.of(),
                Optional.empty(), clock, random));
        var api = ApiServer.start(store, ApiServerOptions.of(clock, random).withNode(new HostNode()).withSecurity(security));
        administrator = files.client("admin", "kubernetes-admin", List.of("system:masters")).certificate();
        inside = new LocalExchange(api.handler());
        Filter furnishing = (request, response, next) -> {
            next.handle(request, response);
            if (request.method().equals("POST") && request.path().equals("/api/v1/namespaces")) furnish();
        };
        var server = HttpServer.start(new ListenerOptions(address, new ServerCertificate(certificate.key(), certificate.chain())),
                Filter.chain(List.of(furnishing), api.handler()));
        new Kubeconfig("dev", "https://127.0.0.1:" + server.port(), authority.certificatePem(),
                files.client("admin", "kubernetes-admin", List.of("system:masters")))
                .write(directory.resolve("kubeconfig"));
        System.out.println("serving on " + server.address() + ", kubeconfig in " + directory);
        Thread.currentThread().join();
    }
}
