package home.oikos.driver.http;

import com.sun.net.httpserver.HttpExchange;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.base.Sha256;
import java.io.IOException;

/// The part of a Shelly of the second generation that updates need: `/rpc`, with a digest where it has a password.
public final class SimulatedShelly extends SimulatedAppliance {
    private static final String NONCE = "60dc2c69";
    private static final String REALM = "shellyplus1-aabbcc";

    public SimulatedShelly(String version) throws IOException {
        this("127.0.0.1", version);
    }

    public SimulatedShelly(String host, String version) throws IOException {
        super(host, version);
    }

    @Override
    void hear(HttpExchange exchange) throws IOException {
        var call = Json.parse(exchange.getRequestBody().readAllBytes());
        var method = call.at("method").text("");
        if (!method.equals("Shelly.GetDeviceInfo") && !isAuthorized(exchange)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Digest qop=\"auth\", realm=\"%s\", nonce=\"%s\", algorithm=SHA-256".formatted(REALM, NONCE));
            say(exchange, 401, "");
            return;
        }
        switch (method) {
            case "Shelly.GetDeviceInfo" -> result(exchange, call, JsonObject.of("id", REALM, "model", "SNSW-001X16EU", "gen", 2, "ver", version()));
            case "Sys.GetStatus" -> result(exchange, call, JsonObject.of("uptime", uptimeSeconds()));
            case "Shelly.Update" -> update(exchange, call);
            default -> error(exchange, call, 404, "No handler for " + method);
        }
    }

    private void update(HttpExchange exchange, Json call) throws IOException {
        if (fault == Fault.DECLINES) {
            error(exchange, call, -114, "Resource unavailable: already updating");
            return;
        }
        say(exchange, 200, JsonObject.of("id", call.at("id"), "src", REALM, "result", Json.NULL).toString());
        update(call.at("params", "url").text(""));
    }

    /// By RFC 7616, from the outside.
    private boolean isAuthorized(HttpExchange exchange) {
        if (password.isEmpty()) return true;
        var said = exchange.getRequestHeaders().getFirst("Authorization");
        if (said == null) return false;
        var own = said.replaceAll(".*cnonce=\"([^\"]*)\".*", "$1");
        var expected = Sha256.hex(Sha256.hex("admin:" + REALM + ":" + password) + ":" + NONCE + ":00000001:" + own + ":auth:" + Sha256.hex("POST:/rpc"));
        return said.contains("username=\"admin\"") && said.contains("response=\"" + expected + "\"");
    }

    private static void result(HttpExchange exchange, Json call, JsonObject result) throws IOException {
        say(exchange, 200, JsonObject.of("id", call.at("id"), "src", REALM, "result", result).toString());
    }

    private static void error(HttpExchange exchange, Json call, int code, String message) throws IOException {
        say(exchange, 200, JsonObject.of("id", call.at("id"), "error", JsonObject.of("code", code, "message", message)).toString());
    }
}
