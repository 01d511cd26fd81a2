package home.oikos.driver.mqtt;

import home.oikos.driver.Delivery;
import java.util.concurrent.atomic.AtomicInteger;

/// The receipt of a message that speaks of several devices: given once everybody has acknowledged. It holds a share of its own until [#close].
final class SharedDelivery {
    private final Delivery delivery;
    private final AtomicInteger open = new AtomicInteger(1);

    SharedDelivery(Delivery delivery) {
        this.delivery = delivery;
    }

    Delivery share() {
        open.incrementAndGet();
        return this::close;
    }

    void close() {
        if (open.decrementAndGet() == 0) delivery.acknowledge();
    }
}
