package home.oikos.driver.http;

import com.sun.net.httpserver.HttpExchange;
import home.oikos.api.JsonObject;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// The part of a Tasmota that updates need: `/cm` with `Status 2` and `11`, `OtaUrl` and `Upgrade 1`.
public final class SimulatedTasmota extends SimulatedAppliance {
    private String otaUrl = "http://ota.example/tasmota.bin";

    public SimulatedTasmota(String version) throws IOException {
        super("127.0.0.1", version);
    }

    @Override
    void hear(HttpExchange exchange) throws IOException {
        var query = exchange.getRequestURI().getRawQuery();
        var words = URLDecoder.decode(query.replaceAll(".*cmnd=", ""), StandardCharsets.UTF_8).split(" ", 2);
        if (!password.isEmpty() && !query.startsWith("user=admin&password=" + password + "&")) {
            say(exchange, 401, "{\"WARNING\":\"Need user=<username>&password=<password>\"}");
            return;
        }
        switch (words[0]) {
            case "Status" -> say(exchange, 200, (words[1].equals("2")
                    ? JsonObject.of("StatusFWR", JsonObject.of("Version", version() + "(release-tasmota)", "Hardware", "ESP8266EX"))
                    : JsonObject.of("StatusSTS", JsonObject.of("UptimeSec", uptimeSeconds()))).toString());
            case "OtaUrl" -> {
                // It keeps what fits, and says what it kept.
                if (fault != Fault.DECLINES) otaUrl = words[1].substring(0, Math.min(words[1].length(), 100));
                say(exchange, 200, JsonObject.of("OtaUrl", otaUrl).toString());
            }
            case "Upgrade" -> {
                say(exchange, 200, JsonObject.of("Upgrade", "Version " + version() + " from " + otaUrl).toString());
                update(otaUrl);
            }
            default -> say(exchange, 200, "{\"Command\":\"Unknown\"}");
        }
    }
}
