package home.oikos.apiserver;

import home.oikos.api.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;

/// Where a `clientConfig` points: at a URL, or at a Service of the cluster, whose certificate is for NAME.NAMESPACE.svc.
record WebhookTarget(Dialer dialer, ServiceEndpoints endpoints) {
    private static final int HTTPS_PORT = 443;

    /// @param query what follows the path, with its question mark; empty for nothing
    byte[] post(Json clientConfig, String query, byte[] body, Duration timeout) throws IOException {
        return call(clientConfig, query).post(body, timeout);
    }

    private OutboundCall call(Json clientConfig, String query) throws IOException {
        var authorities = Base64.getMimeDecoder().decode(clientConfig.at("caBundle").text(""));
        var service = clientConfig.at("service");
        if (service.isPresent()) return toService(service, authorities, query);
        var url = URI.create(clientConfig.at("url").text(""));
        var tls = new Dialer.Tls(host(url), authorities, false);
        var address = new Dialer.Address(host(url), url.getPort() < 0 ? HTTPS_PORT : url.getPort(), tls);
        var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new OutboundCall(dialer, address, url.getRawAuthority(), path + query);
    }

    private static String host(URI url) {
        var host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private OutboundCall toService(Json service, byte[] authorities, String query) throws IOException {
        var name = service.at("name").text("");
        var namespace = service.at("namespace").text("");
        var host = name + "." + namespace + ".svc";
        var address = endpoints.find(namespace, name, Integer.toString(service.at("port").integer(HTTPS_PORT)),
                new Dialer.Tls(host, authorities, false));
        var path = service.at("path").text("/");
        return new OutboundCall(dialer, address, host, (path.startsWith("/") ? path : "/" + path) + query);
    }

    /// How errors name it.
    static String shown(Json clientConfig, String query) {
        var service = clientConfig.at("service");
        if (service.isNull()) return clientConfig.at("url").text("") + query;
        return "https://%s.%s.svc:%d%s%s".formatted(service.at("name").text(""), service.at("namespace").text(""),
                service.at("port").integer(HTTPS_PORT), service.at("path").text("/"), query);
    }
}
