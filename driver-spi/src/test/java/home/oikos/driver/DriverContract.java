package home.oikos.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the gateway relies on, of every driver. A driver's test says how its devices are reached; they have one writable Boolean, `on`.
public abstract class DriverContract {
    private static final int PATIENCE_SECONDS = 20;
    private static final ObjectKey LAMP = new ObjectKey("home", "lamp");
    private static final ObjectKey FAN = new ObjectKey("home", "fan");

    private final HeardListener listener = new HeardListener();
    private Driver driver;

    /// A driver that is not started.
    protected abstract Driver open() throws Exception;

    /// The protocol's block of `spec.connection` for a device of that name.
    protected abstract JsonObject connection(String device);

    /// A block that makes no sense.
    protected abstract JsonObject nonsense();

    /// The device says whether it is on, such that a served device is heard even when the driver has just been told of it.
    protected abstract void say(String device, boolean on) throws Exception;

    /// What reaches that device from now on; returns once it listens.
    protected abstract BlockingQueue<Value> listen(String device) throws Exception;

    protected abstract void cutLink() throws Exception;

    protected abstract void mendLink() throws Exception;

    @BeforeEach void startDriver() throws Exception {
        driver = open();
        driver.start(listener);
        listener.await("up");
    }

    @AfterEach void closeDriver() {
        driver.close();
    }

    private void serve(ObjectKey... devices) {
        var connections = new HashMap<ObjectKey, JsonObject>();
        for (var device : devices) connections.put(device, connection(device.name()));
        driver.serve(connections);
    }

    private static Command on(ObjectKey device, boolean on) {
        return new Command(device, "on", new Value.Bool(on));
    }

    @Test void itHasTheNameOfItsBlock() {
        assertTrue(driver.protocol().matches("[a-z][a-z0-9]*"), driver.protocol());
    }

    @Test void whatAServedDeviceSaysIsTold() throws Exception {
        serve(LAMP, FAN);
        say("lamp", true);
        listener.await("lamp.on=true");
        say("fan", false);
        listener.await("fan.on=false");
    }

    @Test void onlyWhatIsServedNowIsTold() throws Exception {
        serve(LAMP);
        say("lamp", true);
        listener.await("lamp.on=true");
        serve(FAN);
        say("lamp", false);
        say("fan", true);
        String line = listener.next();
        while (!line.equals("fan.on=true")) {
            assertTrue(!line.equals("lamp.on=false"), "told of a device that is no longer served");
            line = listener.next();
        }
    }

    @Test void aCommandReachesItsDevice() throws Exception {
        serve(LAMP, FAN);
        var lamp = listen("lamp");
        driver.send(on(LAMP, true));
        assertEquals(new Value.Bool(true), lamp.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        driver.send(on(FAN, true));
        driver.send(on(LAMP, false));
        assertEquals(new Value.Bool(false), lamp.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test void aCommandForNobodyGoesNowhere() throws Exception {
        serve(LAMP);
        var lamp = listen("lamp");
        driver.send(on(FAN, true));
        driver.send(new Command(LAMP, "no-such-property", new Value.Text("x")));
        driver.send(on(LAMP, true));
        while (!new Value.Bool(true).equals(lamp.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))) { }
    }

    @Test void aBlockThatMakesNoSenseIsRefusedAndTheOthersAreServed() throws Exception {
        driver.serve(Map.of(FAN, nonsense(), LAMP, connection("lamp")));
        String line = listener.next();
        while (!line.startsWith("refused ")) line = listener.next();
        assertTrue(line.contains("home/fan"), line);
        say("lamp", true);
        listener.await("lamp.on=true");
    }

    @Test void aLinkThatIsDownIsToldAndTakesNoCommands() throws Exception {
        serve(LAMP);
        say("lamp", true);
        listener.await("lamp.on=true");
        cutLink();
        listener.await("down");
        assertThrows(IOException.class, () -> driver.send(on(LAMP, true)));
        mendLink();
        listener.await("up");
        say("lamp", false);
        listener.await("lamp.on=false");
    }

    @Test void aClosedDriverTakesNoCommands() {
        driver.close();
        assertThrows(IOException.class, () -> driver.send(on(LAMP, true)));
    }
}
