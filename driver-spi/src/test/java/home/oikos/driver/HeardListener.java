package home.oikos.driver;

import home.oikos.api.ObjectKey;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Keeps what a driver told, as lines.
public final class HeardListener extends HeardLines implements DeviceListener {
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
}
