package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.apiserver.AdmissionReviewer;
import home.oikos.http.BodyTooLargeException;
import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.pki.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// `POST /admission/WORD`: the interlocks' word on a write (AdmissionReview v1), for an API server in another process. API servers show no
/// credentials to webhooks, and a refusal tells how other devices are: the word, which stands in the webhook's address only, keeps strangers out.
/// Answers 503 while this copy does not lead, which under failurePolicy Fail is a refusal.
final class AdmissionEndpoint implements Filter {
    private static final String ROOT = "/admission/";
    private static final int WORD_BYTES = 16;
    /// An object and what it was before, each at most as large as the API server takes.
    private static final int BODY_BYTES_MAX = 2 * (3 << 20) + (64 << 10);

    private final String path;
    private volatile Optional<AdmissionReviewer> reviewer = Optional.empty();

    private AdmissionEndpoint(String path) {
        this.path = path;
    }

    /// The word is made once and kept in that folder.
    static AdmissionEndpoint open(Path data, SecureRandom random) throws IOException {
        var file = data.resolve("admission-word");
        if (!Files.exists(file)) {
            var bytes = new byte[WORD_BYTES];
            random.nextBytes(bytes);
            SecretFile.write(file, HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
        }
        return new AdmissionEndpoint(ROOT + Files.readString(file).strip());
    }

    String path() {
        return path;
    }

    void open(AdmissionReviewer newReviewer) {
        reviewer = Optional.of(newReviewer);
    }

    void shut() {
        reviewer = Optional.empty();
    }

    @Override
    public void apply(Request request, Response response, Handler next) throws Exception {
        if (!request.path().equals(path)) next.handle(request, response);
        else if (!request.method().equals("POST")) refuse(response, 405, "reviews are posted");
        else review(request, response);
    }

    private void review(Request request, Response response) throws IOException {
        var asked = reviewer;
        try {
            if (asked.isEmpty()) refuse(response, 503, "another copy leads, or the interlocks are still being read");
            else response.send(200, "application/json", asked.get().review(Json.parse(request.body(BODY_BYTES_MAX)).object()).bytes());
        } catch (JsonException | BodyTooLargeException wrong) {
            refuse(response, 400, "expected an AdmissionReview: " + wrong.getMessage());
        }
    }

    private static void refuse(Response response, int status, String why) {
        response.send(status, "application/json", JsonObject.of("message", why).bytes());
    }
}
