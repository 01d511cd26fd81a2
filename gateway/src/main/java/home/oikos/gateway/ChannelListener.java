package home.oikos.gateway;

import home.oikos.api.ObjectKey;
import home.oikos.driver.Delivery;
import home.oikos.driver.FirmwareEvent;
import home.oikos.driver.FirmwareListener;

/// Hands on to the house's thread what channels tell of devices.
record ChannelListener(Inbox inbox, House house, Story story) implements FirmwareListener {
    @Override
    public void heard(ObjectKey device, FirmwareEvent event, Delivery delivery) {
        inbox.say(now -> {
            if (house.heard(device, event, delivery, now)) delivery.acknowledge();
        });
    }

    @Override
    public void refused(String source, String why) {
        story.refused("firmware", source, why);
    }
}
