package home.oikos.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What the gateway relies on, of every driver whose devices can be told something: their `on` is writable.
public abstract class CommandingDriverContract extends LinkedDriverContract {
    /// What reaches that device from now on; returns once it listens.
    protected abstract BlockingQueue<Value> listen(String device) throws Exception;

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
}
