package home.oikos.dashboard;

import home.oikos.http.Response;
import java.util.Map;

/// What browsers are told not to do with our answers.
final class PageHeaders {
    /// Nothing inline, nothing from elsewhere, no frames; markup from strings only through lit's templates.
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
            + "manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// An object of the API that is opened in a tab is only to be read.
    private static final String OBJECT_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private static final Map<String, String> ALWAYS = Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin", "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");

    private PageHeaders() { }

    static void onPage(Response response) {
        ALWAYS.forEach(response::header);
        response.header("Content-Security-Policy", POLICY);
    }

    static void onObject(Response response) {
        response.header("X-Content-Type-Options", "nosniff");
        response.header("Content-Security-Policy", OBJECT_POLICY);
        response.header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
