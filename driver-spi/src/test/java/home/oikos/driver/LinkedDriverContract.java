package home.oikos.driver;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What the gateway relies on, of every driver that holds a link of its own to a broker, a bus or a bridge.
public abstract class LinkedDriverContract extends DriverContract {
    protected abstract void cutLink() throws Exception;

    protected abstract void mendLink() throws Exception;

    @Test void aLinkThatIsDownIsToldAndTakesNoCommands() throws Exception {
        serve(LAMP);
        say("lamp", true);
        listener.await(heard("lamp", true));
        cutLink();
        listener.await("down");
        assertThrows(IOException.class, () -> driver.send(on(LAMP, true)));
        mendLink();
        listener.await("up");
        say("lamp", false);
        listener.await(heard("lamp", false));
    }
}
