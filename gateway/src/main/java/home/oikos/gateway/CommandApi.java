package home.oikos.gateway;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Resource;
import home.oikos.http.BodyTooLargeException;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// `devices/command` (DESIGN 4.14): `POST {"command": "open", "code": "123456"}`. The code is shown to `onetimepasswords/verify`, which has it on disk as
/// spent before it says yes; only then is the device told, once. Killed in between, the door stays shut and the code is gone. For many threads.
public final class CommandApi {
    private static final Resource CODES = Resource.namespaced(GatewayApi.GROUP + "/" + GatewayApi.VERSION, "onetimepasswords", "OneTimePassword");
    private static final int BODY_BYTES_MAX = 1_024;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Inbox inbox;
    private final Permits permits;
    private final ApiClient client;
    private final Function<Request, String> user;

    /// @param client may ask for verifications
    /// @param user who sent a request, by name
    CommandApi(Inbox inbox, Permits permits, ApiClient client, Function<Request, String> user) {
        this.inbox = inbox;
        this.permits = permits;
        this.client = client;
        this.user = user;
    }

    public void command(Request request, Response response) throws IOException {
        var device = request.attribute(ObjectKey.class);
        var body = body(request);
        var command = body.at("command").text("");
        var code = body.at("code").text("");
        if (command.isEmpty() || code.isEmpty()) throw new IllegalArgumentException("expected {\"command\": \"open\", \"code\": \"123456\"}");
        var asked = house(now -> permits.ask(device, command, now));
        if (asked.refusal().isPresent()) throw asked.refusal().get();
        verify(asked.password(), code);
        var failed = house(now -> permits.grant(device, command, user.apply(request), now));
        if (failed.isPresent()) throw new ApiException(Reason.CONFLICT, "%s: %s. The code is spent", device.name(), failed.get());
        response.send(200, "application/json", JsonObject.of("kind", "DeviceCommandResult", "apiVersion", GatewayApi.GROUP + "/" + GatewayApi.VERSION,
                "message", device.name() + " is told to " + command).bytes());
    }

    private static Json body(Request request) throws IOException {
        try {
            return Json.parse(request.body(BODY_BYTES_MAX));
        } catch (JsonException | BodyTooLargeException wrong) {
            throw new IllegalArgumentException("expected a small JSON object", wrong);
        }
    }

    private void verify(ObjectKey password, String code) {
        var said = client.post(CODES, password, "verify", JsonObject.of("code", code));
        if (said.at("accepted").bool(false)) return;
        int pause = said.at("retryAfterSeconds").integer(0);
        throw new ApiException(Reason.FORBIDDEN, "the code was not accepted (%s): %s%s", said.at("reason").text(""), said.at("message").text(""),
                pause > 0 ? "; again in %d s".formatted(pause) : "");
    }

    private <T> T house(Function<Instant, T> question) {
        try {
            return inbox.ask(question, TIMEOUT);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the gateway did not answer in time; try again");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ApiException(Reason.SERVICE_UNAVAILABLE, "the gateway is closing; try again");
        }
    }
}
