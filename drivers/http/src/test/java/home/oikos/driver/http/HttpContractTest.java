package home.oikos.driver.http;

import home.oikos.api.JsonObject;
import home.oikos.driver.Driver;
import home.oikos.driver.DriverContract;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/// The contract with a plain HTTP client as the sensors: on is warm, off is cold.
class HttpContractTest extends DriverContract {
    private static final int ON = 31;
    private static final int OFF = 11;
    private Poster poster;

    @Override
    protected Driver open() throws IOException {
        poster = new Poster();
        return new HttpDriver(poster.settings(), _ -> Optional.empty(), Clock.systemUTC(), new SecureRandom());
    }

    @Override
    protected JsonObject connection(String device) {
        return JsonObject.of("format", "Ispindel", "id", device);
    }

    @Override
    protected JsonObject nonsense() {
        return JsonObject.of("format", "Telegraph");
    }

    @Override
    protected void say(String device, boolean on) throws Exception {
        poster.post(JsonObject.of("ID", device, "temperature", on ? ON : OFF).toString());
    }

    @Override
    protected String heard(String device, boolean on) {
        return device + ".temperature=" + (on ? ON : OFF);
    }
}
