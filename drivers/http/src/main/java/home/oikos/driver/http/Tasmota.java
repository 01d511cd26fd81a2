package home.oikos.driver.http;

import home.oikos.api.Json;
import home.oikos.driver.Refusals;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A Tasmota: commands over HTTP, one a request.
///
/// @param password of its web page; empty where it has none
record Tasmota(Asker asker, Asker.Place place, String password) implements Appliance {
    /// What OtaUrl keeps.
    static final int URL_CHARACTERS_MAX = 100;

    @Override
    public Identity identify() throws IOException, InterruptedException {
        var all = command("Status 0");
        var version = version(all.at("StatusFWR", "Version").text(""));
        if (version.isEmpty()) throw new IOException("%s: expected StatusFWR.Version in the answer to Status 0, found none".formatted(place));
        return new Identity(version, all.at("StatusFWR", "Hardware").text(""), all.at("StatusSTS", "UptimeSec").integer(Identity.NO_UPTIME));
    }

    /// `14.3.0(release-tasmota32)` is version 14.3.0 in the variant named behind it.
    static String version(String said) {
        int variant = said.indexOf('(');
        return (variant < 0 ? said : said.substring(0, variant)).strip();
    }

    @Override
    public void fetch(String url) throws IOException, Declined, InterruptedException {
        if (url.length() > URL_CHARACTERS_MAX) {
            throw new Declined("A Tasmota takes a URL of at most %d characters; this one has %d.".formatted(URL_CHARACTERS_MAX, url.length()));
        }
        expect("OtaUrl", command("OtaUrl " + url), url);
        expect("Upgrade", command("Upgrade 1"), "");
    }

    private static void expect(String name, Json answer, String words) throws Declined {
        var said = answer.at(name).text("");
        if (said.isEmpty() || !words.isEmpty() && !said.equals(words)) {
            throw new Declined("It does not take the update: asked for %s it says %s.".formatted(name, Refusals.shortened(answer.toString())));
        }
    }

    private Json command(String words) throws IOException, InterruptedException {
        var login = password.isEmpty() ? "" : "user=admin&password=" + encoded(password) + "&";
        var heard = asker.ask(HttpMethod.GET, place, "/cm?" + login + "cmnd=" + encoded(words), Map.of(), "");
        var answer = Shelly.parsed(heard.text(), place);
        if (answer.at("WARNING").isPresent()) {
            throw new IOException("%s: %s its password; it stands in the Secret of spec.firmware.secretName".formatted(place,
                    password.isEmpty() ? "asks for" : "does not take"));
        }
        return answer;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
