package home.oikos.gateway;

import home.oikos.api.ObjectKey;
import home.oikos.driver.Announcement;
import home.oikos.driver.Delivery;
import home.oikos.driver.DeviceListener;
import home.oikos.driver.Reading;
import java.util.List;

/// Hands on what one driver tells: what concerns devices to the house's thread, discoveries to [Adoption], nonsense to the [Story].
record DriverListener(String protocol, Inbox inbox, House house, Adoption adoption, Story story) implements DeviceListener {
    @Override
    public void read(ObjectKey device, List<Reading> readings, Delivery delivery) {
        inbox.say(now -> {
            if (house.read(device, readings, delivery, now)) delivery.acknowledge();
        });
    }

    @Override
    public void available(ObjectKey device, boolean online) {
        inbox.say(now -> house.available(device, online, now));
    }

    @Override
    public void linked(boolean up, String why) {
        inbox.say(now -> house.linked(protocol, up, why, now));
    }

    @Override
    public void announced(Announcement announcement) {
        adoption.announced(protocol, announcement);
    }

    @Override
    public void withdrawn(String id) {
        adoption.withdrawn(id);
    }

    @Override
    public void refused(String source, String why) {
        story.refused(protocol, source, why);
    }
}
