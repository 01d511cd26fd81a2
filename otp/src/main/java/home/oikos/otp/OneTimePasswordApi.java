package home.oikos.otp;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.controller.EventRecorder;
import home.oikos.http.BodyTooLargeException;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Function;

/// `onetimepasswords/{verify,enrolment}` (DESIGN 4.14). `POST .../verify` `{"code": "123456"}` answers whether it is accepted and why not, with
/// `?answer=status` by its status, too (403), for those who read no body, as nginx's auth_request;
/// `POST .../enrolment` `{"anew": false}` answers the secret, its otpauth URI, that as a QR code, and the recovery codes, once. The caller has
/// authenticated and authorised and put the [ObjectKey] among the request's attributes. An `IllegalArgumentException` is a bad request in words.
/// For many threads.
public final class OneTimePasswordApi {
    private static final int BODY_BYTES_MAX = 1_024;
    private static final int CODE_CHARACTERS_MAX = 64;

    private final Verifier verifier;
    private final Enrolment enrolment;
    private final Function<Request, String> user;

    /// @param client with the rights to read OneTimePasswords, to write their status, and to read and write Secrets
    /// @param user who sent a request, by name
    public OneTimePasswordApi(ApiClient client, EventRecorder events, SecureRandom random, Clock clock, Function<Request, String> user) {
        var keeping = new Keeping(client);
        this.verifier = new Verifier(keeping, events, clock);
        this.enrolment = new Enrolment(keeping, random, clock);
        this.user = user;
    }

    public void verify(Request request, Response response) throws IOException {
        var code = body(request).at("code").text("").strip();
        if (code.isEmpty() || code.length() > CODE_CHARACTERS_MAX) {
            throw new IllegalArgumentException("code: expected {\"code\": \"123456\"} of at most %d characters".formatted(CODE_CHARACTERS_MAX));
        }
        var verdict = verifier.verify(request.attribute(ObjectKey.class), code, user.apply(request));
        boolean refuses = request.parameter("answer").filter("status"::equals).isPresent() && !verdict.accepted();
        response.send(refuses ? 403 : 200, "application/json", verdict.answer().bytes());
    }

    public void enrol(Request request, Response response) throws IOException {
        var anew = body(request).at("anew").bool(false);
        response.send(201, "application/json", enrolment.enrol(request.attribute(ObjectKey.class), anew).bytes());
    }

    private static Json body(Request request) throws IOException {
        try {
            var bytes = request.body(BODY_BYTES_MAX);
            return bytes.length == 0 ? Json.NULL : Json.parse(bytes);
        } catch (JsonException | BodyTooLargeException wrong) {
            throw new IllegalArgumentException("expected a small JSON object", wrong);
        }
    }
}
