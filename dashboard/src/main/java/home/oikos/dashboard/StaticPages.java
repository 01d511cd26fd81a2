package home.oikos.dashboard;

import home.oikos.api.Reason;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.nio.charset.StandardCharsets;

/// Serves the page, its files and the CA's certificate. None of it is secret.
final class StaticPages {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final byte[] NONE = {};

    private final byte[] authority;
    /// Read and compressed at first use: a home that nobody looks at keeps none of it in memory.
    private volatile Assets assets;

    StaticPages(String authorityPem) {
        authority = authorityPem.getBytes(StandardCharsets.US_ASCII);
    }

    private Assets assets() {
        if (assets == null) assets = Assets.load();
        return assets;
    }

    void page(Request request, Response response) {
        var page = assets().page();
        response.header("Cache-Control", "no-cache");
        response.header("Vary", "Accept, Accept-Encoding");
        response.header("ETag", page.tag());
        if (request.header("If-None-Match").filter(page.tag()::equals).isPresent()) response.send(304, page.contentType(), NONE);
        else send(page, request, response);
    }

    void file(Request request, Response response) {
        var file = assets().find(request.path());
        if (file.isEmpty()) {
            Answers.refuse(response, Reason.NOT_FOUND, "the page has no such file; load it again");
            return;
        }
        response.header("Cache-Control", FOR_EVER);
        response.header("Vary", "Accept-Encoding");
        send(file.get(), request, response);
    }

    /// Phones offer to install a certificate when they are told that it is one.
    void authority(Response response) {
        response.header("Cache-Control", "no-cache");
        response.header("Content-Disposition", "attachment; filename=\"oikos-ca.crt\"");
        response.send(200, "application/x-x509-ca-cert", authority);
    }

    private static void send(Asset asset, Request request, Response response) {
        boolean gzip = request.headers("Accept-Encoding").stream().anyMatch(line -> line.matches("(.*[, ])?gzip(?!;q=0(\\.0*)?($|,)).*"));
        if (gzip) response.header("Content-Encoding", "gzip");
        response.send(200, asset.contentType(), gzip ? asset.compressed() : asset.plain());
    }
}
