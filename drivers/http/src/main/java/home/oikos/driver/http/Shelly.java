package home.oikos.driver.http;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.driver.Refusals;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.Map;

/// A Shelly of the second generation or later: JSON-RPC 2.0 over HTTP, with digest authentication where it has a password.
///
/// @param password empty where it has none
record Shelly(Asker asker, Asker.Place place, String password) implements Appliance {
    private static final String PATH = "/rpc";
    private static final int UNAUTHORIZED = 401;

    @Override
    public Identity identify() throws IOException, InterruptedException {
        var device = result("Shelly.GetDeviceInfo");
        var version = device.at("ver").text("").strip();
        if (version.isEmpty()) throw new IOException("%s: expected ver in the answer to Shelly.GetDeviceInfo, found none".formatted(place));
        return new Identity(version, device.at("model").text(""), result("Sys.GetStatus").at("uptime").integer(Identity.NO_UPTIME));
    }

    private Json result(String method) throws IOException, InterruptedException {
        var answer = call(method, JsonObject.EMPTY);
        if (answer.at("result").object().isEmpty()) throw new IOException("%s: expected a result of %s, found %s".formatted(place, method, shortened(answer)));
        return answer.at("result");
    }

    @Override
    public void fetch(String url) throws IOException, Declined, InterruptedException {
        var answer = call("Shelly.Update", JsonObject.of("url", url));
        if (answer.at("error").isPresent()) {
            throw new Declined("It does not take the update: %s (%s).".formatted(Refusals.shortened(answer.at("error", "message").text("no reason")),
                    answer.at("error", "code")));
        }
    }

    private Json call(String method, JsonObject params) throws IOException, InterruptedException {
        var body = JsonObject.of("jsonrpc", "2.0", "id", 1, "src", "oikos", "method", method, "params", params).toString();
        var heard = asker.ask(HttpMethod.POST, place, PATH, Map.of("Content-Type", "application/json"), body);
        if (heard.status() == UNAUTHORIZED && !password.isEmpty()) {
            var login = Digest.answer(heard.challenge(), "admin", password, "POST", PATH);
            heard = asker.ask(HttpMethod.POST, place, PATH, Map.of("Content-Type", "application/json", "Authorization", login), body);
        }
        if (heard.status() == UNAUTHORIZED) {
            throw new IOException("%s: %s its password; it stands in the Secret of spec.firmware.secretName".formatted(place,
                    password.isEmpty() ? "asks for" : "does not take"));
        }
        return parsed(heard.text(), place);
    }

    /// @throws IOException when it is no JSON object
    static Json parsed(String text, Asker.Place place) throws IOException {
        try {
            var json = Json.parse(text);
            if (json instanceof JsonObject) return json;
        } catch (JsonException broken) {
            throw new IOException("%s: expected JSON, found \"%s\"".formatted(place, Refusals.shortened(text)), broken);
        }
        throw new IOException("%s: expected a JSON object, found \"%s\"".formatted(place, Refusals.shortened(text)));
    }

    private static String shortened(Json json) {
        return Refusals.shortened(json.toString());
    }
}
