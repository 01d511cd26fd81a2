package home.oikos.apiserver;

import home.oikos.http.Filter;
import home.oikos.http.HttpServer;
import home.oikos.http.ListenerOptions;
import home.oikos.http.ServerCertificate;
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.CertificateFile;
import home.oikos.pki.Kubeconfig;
import home.oikos.pki.ServerNames;
import home.oikos.store.LogOptions;
import home.oikos.store.LogStore;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/// The API server alone, over TLS with everybody as administrator, to play with by kubectl: `DevServer DIRECTORY PORT` writes
/// `DIRECTORY/kubeconfig` and serves until it is killed.
final class DevServer {
    private DevServer() { }

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1]));
        var clock = Clock.systemUTC();
        var random = new SecureRandom();
        var names = ServerNames.of("localhost", List.of(), List.of());
        var authority = CertificateAuthority.open(directory, names, clock, random);
        var files = new CertificateFile(directory, authority);
        var certificate = files.server(names);
        Filter administrator = (request, response, next) -> {
            request.attribute(User.class, User.of("kubernetes-admin", "system:masters", "system:authenticated"));
            next.handle(request, response);
        };
        var store = LogStore.open(directory.resolve("store"), clock, LogOptions.standard());
        var api = ApiServer.start(store, ApiServerOptions.of(clock, random).withSecurity(List.of(administrator)));
        var server = HttpServer.start(new ListenerOptions(address, new ServerCertificate(certificate.key(), certificate.chain())), api.handler());
        new Kubeconfig("dev", "https://127.0.0.1:" + server.port(), authority.certificatePem(), files.client("admin", "kubernetes-admin", List.of("system:masters")))
                .write(directory.resolve("kubeconfig"));
        System.out.println("serving on " + server.address() + ", kubeconfig in " + directory);
        Thread.currentThread().join();
    }
}
