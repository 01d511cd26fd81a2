package home.oikos.driver;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the gateway relies on, of every driver. A driver's test says how its devices are reached and how they say whether they are `on`, as a
/// Boolean or as a thermometer would: by two numbers.
public abstract class DriverContract {
    static final int PATIENCE_SECONDS = 20;
    static final ObjectKey LAMP = new ObjectKey("home", "lamp");
    static final ObjectKey FAN = new ObjectKey("home", "fan");

    final HeardListener listener = new HeardListener();
    Driver driver;

    /// A driver that is not started.
    protected abstract Driver open() throws Exception;

    /// The protocol's block of `spec.connection` for a device of that name.
    protected abstract JsonObject connection(String device);

    /// A block that makes no sense.
    protected abstract JsonObject nonsense();

    /// The device says whether it is on, such that a served device is heard even when the driver has just been told of it.
    protected abstract void say(String device, boolean on) throws Exception;

    /// The line of [HeardListener] for what [#say] makes the device say.
    protected String heard(String device, boolean on) {
        return device + ".on=" + on;
    }

    @BeforeEach void startDriver() throws Exception {
        driver = open();
        driver.start(listener);
        listener.await("up");
    }

    @AfterEach void closeDriver() {
        driver.close();
    }

    void serve(ObjectKey... devices) {
        var connections = new HashMap<ObjectKey, JsonObject>();
        for (var device : devices) connections.put(device, connection(device.name()));
        driver.serve(connections);
    }

    static Command on(ObjectKey device, boolean on) {
        return new Command(device, "on", new Value.Bool(on));
    }

    @Test void itHasTheNameOfItsBlock() {
        assertTrue(driver.protocol().matches("[a-z][a-z0-9]*"), driver.protocol());
    }

    @Test void whatAServedDeviceSaysIsTold() throws Exception {
        serve(LAMP, FAN);
        say("lamp", true);
        listener.await(heard("lamp", true));
        say("fan", false);
        listener.await(heard("fan", false));
    }

    @Test void onlyWhatIsServedNowIsTold() throws Exception {
        serve(LAMP);
        say("lamp", true);
        listener.await(heard("lamp", true));
        serve(FAN);
        say("lamp", false);
        say("fan", true);
        String line = listener.next();
        while (!line.equals(heard("fan", true))) {
            assertTrue(!line.equals(heard("lamp", false)), "told of a device that is no longer served");
            line = listener.next();
        }
    }

    @Test void aBlockThatMakesNoSenseIsRefusedAndTheOthersAreServed() throws Exception {
        driver.serve(Map.of(FAN, nonsense(), LAMP, connection("lamp")));
        String line = listener.next();
        while (!line.startsWith("refused ")) line = listener.next();
        assertTrue(line.contains("home/fan"), line);
        say("lamp", true);
        listener.await(heard("lamp", true));
    }

    @Test void aClosedDriverTakesNoCommands() {
        driver.close();
        assertThrows(IOException.class, () -> driver.send(on(LAMP, true)));
    }
}
