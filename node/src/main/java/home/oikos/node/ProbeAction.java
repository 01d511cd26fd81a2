package home.oikos.node;

import home.oikos.api.Json;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;

/// Does once what a probe or a hook asks for: an HTTP request, a TCP connection, a gRPC health check, a command, a pause.
/// @param podIp where the pod answers unless the handler names a host
record ProbeAction(ContainerRuntime runtime, ContainerSpec container, String containerId, String podIp) {
    private static final int BODY_CHARS_MAX = 200;

    /// @return why it failed, in words for an event; empty when it succeeded
    Optional<String> run(Json handler, Duration timeout) {
        try {
            if (handler.at("httpGet").isPresent()) return http(handler.at("httpGet"), timeout);
            if (handler.at("tcpSocket").isPresent()) return tcp(handler.at("tcpSocket"), timeout);
            if (handler.at("exec").isPresent()) return exec(handler.at("exec"), timeout);
            if (handler.at("grpc").isPresent()) return grpc(handler.at("grpc"), timeout);
            if (handler.at("sleep").isPresent()) return sleep(Duration.ofSeconds(handler.at("sleep", "seconds").integer(0L)), timeout);
            return Optional.of("this kind of handler is not supported");
        } catch (IOException | RuntimeFailure | IllegalArgumentException failed) {
            return Optional.of(failed.getMessage() == null ? failed.toString() : failed.getMessage());
        }
    }

    private Optional<String> http(Json get, Duration timeout) throws IOException {
        var host = get.at("host").text(podIp);
        var path = get.at("path").text("/");
        var scheme = get.at("scheme").text("HTTP").equals("HTTPS") ? "https" : "http";
        var url = URI.create(scheme + "://" + host + ":" + port(get) + (path.startsWith("/") ? path : "/" + path)).toURL();
        var connection = (HttpURLConnection) url.openConnection();
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(AnyCertificate.SOCKETS);
            secure.setHostnameVerifier((_, _) -> true);
        }
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("User-Agent", "kube-probe/oikos");
        connection.setRequestProperty("Connection", "close");
        for (var header : get.at("httpHeaders").array()) connection.setRequestProperty(header.at("name").text(""),
                header.at("value").text(""));
        int status = connection.getResponseCode();
        connection.disconnect();
        return status >= 200 && status < 400 ? Optional.empty() : Optional.of("HTTP probe failed with statuscode: " + status);
    }

    private Optional<String> tcp(Json target, Duration timeout) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(target.at("host").text(podIp), port(target)), (int) timeout.toMillis());
            return Optional.empty();
        }
    }

    private Optional<String> grpc(Json target, Duration timeout) throws IOException {
        return new GrpcHealth(new InetSocketAddress(podIp, port(target)), target.at("service").text("")).check(timeout);
    }

    private static Optional<String> sleep(Duration wanted, Duration longest) {
        try {
            new CountDownLatch(1).await((wanted.compareTo(longest) < 0 ? wanted : longest).toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private Optional<String> exec(Json exec, Duration timeout) {
        var command = exec.at("command").array().stream().map(word -> word.text("")).toList();
        var result = runtime.execSync(containerId, command, timeout);
        return result.exitCode() == 0 ? Optional.empty() : Optional.of(said(result.stdout(), result.stderr()));
    }

    private static String said(byte[] stdout, byte[] stderr) {
        var text = new String(stdout, StandardCharsets.UTF_8) + new String(stderr, StandardCharsets.UTF_8);
        return text.length() <= BODY_CHARS_MAX ? text : text.substring(0, BODY_CHARS_MAX);
    }

    /// A number, or the name of one of the container's ports.
    private int port(Json target) {
        var port = target.at("port");
        var name = port.text("");
        if (name.isEmpty()) return port.integer(0);
        return container.json().at("ports").array().stream().filter(each -> each.at("name").text("").equals(name))
                .findFirst().map(each -> each.at("containerPort").integer(0)).orElseGet(() -> Integer.parseInt(name));
    }
}
