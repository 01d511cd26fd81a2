package home.oikos.driver.mqtt;

import home.oikos.api.ObjectKey;
import home.oikos.driver.Announcement;
import home.oikos.driver.Delivery;
import home.oikos.driver.DeviceListener;
import home.oikos.driver.Reading;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Keeps what a driver told, as lines, for a test to wait for.
final class HeardListener implements DeviceListener {
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    final BlockingQueue<Announcement> announcements = new LinkedBlockingQueue<>();
    volatile boolean acknowledging = true;

    @Override
    public void read(ObjectKey device, List<Reading> readings, Delivery delivery) {
        readings.forEach(reading -> heard.add(device.name() + "." + reading.property() + "=" + reading.value()));
        if (acknowledging) delivery.acknowledge();
        else deliveries.add(delivery);
    }

    @Override
    public void available(ObjectKey device, boolean online) {
        heard.add(device.name() + (online ? " online" : " offline"));
    }

    @Override
    public void linked(boolean up, String why) {
        heard.add(up ? "up" : "down");
    }

    @Override
    public void announced(Announcement announcement) {
        announcements.add(announcement);
    }

    @Override
    public void withdrawn(String id) {
        heard.add("withdrawn " + id);
    }

    @Override
    public void refused(String source, String why) {
        heard.add("refused " + source + ": " + why);
    }

    String next() throws InterruptedException {
        var line = heard.poll(20, TimeUnit.SECONDS);
        if (line == null) throw new AssertionError("nothing was heard within 20 s");
        return line;
    }

    /// Waits for that line; what comes before it is passed over.
    void await(String line) throws InterruptedException {
        while (!next().equals(line)) { }
    }
}
