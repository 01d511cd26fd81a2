package home.oikos.driver.onewire;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.driver.Driver;
import home.oikos.driver.LinkedDriverContract;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/// The contract over a real owserver. Its bus is a mock whose thermometers keep what is written to their alarm register.
class OneWireContractTest extends LinkedDriverContract {
    private static final int ON = 31;
    private static final int OFF = 11;

    private FakeBus bus;
    private List<String> thermometers;

    @Override
    protected Driver open() throws IOException {
        bus = new FakeBus("--mock=DS18B20,DS18B20");
        thermometers = bus.thermometers();
        return new OneWireDriver(Clock.systemUTC(), System::nanoTime);
    }

    @AfterEach void close() {
        bus.close();
    }

    private String id(String device) {
        return thermometers.get(device.equals("lamp") ? 0 : 1);
    }

    @Override
    protected JsonObject connection(String device) {
        return JsonObject.of("address", bus.address(), "id", id(device), "pollSeconds", 1,
                "properties", new JsonArray(List.of(JsonObject.of("name", "on", "path", "temphigh"))));
    }

    @Override
    protected JsonObject nonsense() {
        return JsonObject.of("id", "28.what");
    }

    @Override
    protected void say(String device, boolean on) throws IOException {
        bus.write("/" + id(device) + "/temphigh", Integer.toString(on ? ON : OFF));
    }

    @Override
    protected String heard(String device, boolean on) {
        return device + ".on=" + (on ? ON : OFF);
    }

    @Override
    protected void cutLink() {
        bus.kill();
    }

    @Override
    protected void mendLink() throws IOException {
        bus.start();
    }
}
