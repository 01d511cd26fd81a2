package home.oikos.driver.http;

import home.oikos.api.Json;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A Tasmota over HTTP.
///
/// @param password of its web page; empty where it has none
record TasmotaHttp(Asker asker, Asker.Place place, String password) implements Tasmota.Commands {
    @Override
    public Json command(String name, String argument, String member) throws IOException, InterruptedException {
        var login = password.isEmpty() ? "" : "user=admin&password=" + encoded(password) + "&";
        var heard = asker.ask(HttpMethod.GET, place, "/cm?" + login + "cmnd=" + encoded(name + " " + argument), Map.of(), "");
        var answer = Appliance.parsed(place.toString(), heard.text());
        if (answer.at("WARNING").isPresent()) throw Appliance.passwordWanted(place.toString(), password);
        return answer;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
