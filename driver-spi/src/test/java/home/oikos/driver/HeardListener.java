package home.oikos.driver;

import home.oikos.api.ObjectKey;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Keeps what a driver told, as lines, for a test to wait for.
public final class HeardListener implements DeviceListener {
    private static final int PATIENCE_SECONDS = 20;

    public final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    public final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    public final BlockingQueue<Announcement> announcements = new LinkedBlockingQueue<>();
    /// Whether it acknowledges each message at once; otherwise they wait in `deliveries`.
    public volatile boolean acknowledging = true;

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

    public String next() throws InterruptedException {
        var line = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) throw new AssertionError("nothing was heard within " + PATIENCE_SECONDS + " s");
        return line;
    }

    /// Waits for that line; what comes before it is passed over.
    public void await(String line) throws InterruptedException {
        while (!next().equals(line)) { }
    }
}
