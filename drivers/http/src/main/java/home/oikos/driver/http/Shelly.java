package home.oikos.driver.http;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.driver.Refusals;
import java.io.IOException;

/// A Shelly of the second generation or later: JSON-RPC 2.0.
record Shelly(Rpc rpc) implements Appliance {
    /// How it is spoken to.
    interface Rpc {
        /// @param request whole
        /// @return the response, which is an object
        /// @throws IOException when there is none, with who it is of in its words
        Json call(JsonObject request) throws IOException, InterruptedException;
    }

    @Override
    public Identity identify() throws IOException, InterruptedException {
        var device = result("Shelly.GetDeviceInfo");
        var version = device.at("ver").text("").strip();
        if (version.isEmpty()) throw new IOException("expected ver in the answer to Shelly.GetDeviceInfo, found " + Refusals.shortened(device.toString()));
        return new Identity(version, device.at("model").text(""), result("Sys.GetStatus").at("uptime").integer(Identity.NO_UPTIME));
    }

    private Json result(String method) throws IOException, InterruptedException {
        var answer = rpc.call(request(method, JsonObject.EMPTY));
        if (answer.at("result").object().isEmpty()) {
            throw new IOException("expected a result of %s, found %s".formatted(method, Refusals.shortened(answer.toString())));
        }
        return answer.at("result");
    }

    private static JsonObject request(String method, JsonObject params) {
        return JsonObject.of("jsonrpc", "2.0", "id", 1, "src", "oikos", "method", method, "params", params);
    }

    @Override
    public void fetch(String url) throws IOException, Declined, InterruptedException {
        var answer = rpc.call(request("Shelly.Update", JsonObject.of("url", url)));
        if (answer.at("error").isPresent()) {
            throw new Declined("It does not take the update: %s (%s).".formatted(Refusals.shortened(answer.at("error", "message").text("no reason")),
                    answer.at("error", "code")));
        }
    }
}
