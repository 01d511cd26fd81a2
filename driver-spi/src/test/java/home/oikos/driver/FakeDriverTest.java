package home.oikos.driver;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

class FakeDriverTest extends CommandingDriverContract {
    private final FakeDriver driver = new FakeDriver();

    @Override
    protected Driver open() {
        return driver;
    }

    @Override
    protected JsonObject connection(String device) {
        return JsonObject.EMPTY;
    }

    @Override
    protected JsonObject nonsense() {
        return JsonObject.of(FakeDriver.NONSENSE, true);
    }

    @Override
    protected void say(String device, boolean on) {
        driver.say(new ObjectKey("home", device), "on", new Value.Bool(on), Delivery.NONE);
    }

    @Override
    protected BlockingQueue<Value> listen(String device) {
        var values = new LinkedBlockingQueue<Value>();
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    var command = driver.commands().take();
                    if (command.device().name().equals(device)) values.add(command.value());
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        return values;
    }

    @Override
    protected void cutLink() {
        driver.link(false);
    }

    @Override
    protected void mendLink() {
        driver.link(true);
    }
}
