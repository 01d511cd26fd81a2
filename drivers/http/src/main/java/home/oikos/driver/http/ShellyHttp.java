package home.oikos.driver.http;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.Map;

/// A Shelly over HTTP, with digest authentication where it has a password.
///
/// @param password empty where it has none
record ShellyHttp(Asker asker, Asker.Place place, String password) implements Shelly.Rpc {
    private static final String PATH = "/rpc";
    private static final int UNAUTHORIZED = 401;

    @Override
    public Json call(JsonObject request) throws IOException, InterruptedException {
        var body = request.toString();
        var heard = asker.ask(HttpMethod.POST, place, PATH, Map.of("Content-Type", "application/json"), body);
        if (heard.status() == UNAUTHORIZED && !password.isEmpty()) {
            var login = Digest.answer(heard.challenge(), "admin", password, "POST", PATH);
            heard = asker.ask(HttpMethod.POST, place, PATH, Map.of("Content-Type", "application/json", "Authorization", login), body);
        }
        if (heard.status() == UNAUTHORIZED) throw Appliance.passwordWanted(place.toString(), password);
        return Appliance.parsed(place.toString(), heard.text());
    }
}
