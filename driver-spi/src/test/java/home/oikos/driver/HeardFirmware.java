package home.oikos.driver;

import home.oikos.api.ObjectKey;

/// Keeps what a firmware channel told, as lines such as `plug Loaded 1, 100`. All is written down at once.
public final class HeardFirmware extends HeardLines implements FirmwareListener {
    /// Whether leave is given to who asks for it.
    public volatile boolean grants = true;

    @Override
    public void heard(ObjectKey device, FirmwareEvent event, Delivery delivery) {
        boolean granted = grants;
        if (!granted) delivery.refuse();
        heard.add(line(device, event));
        if (granted) delivery.acknowledge();
    }

    private static String line(ObjectKey device, FirmwareEvent event) {
        var words = event.toString().replaceAll("(actionId|percent|version|hardwareId|why)=", "");
        return device.name() + " " + words.replaceAll("^(\\w+)\\[", "$1 ").replaceAll("(, )?]$", "");
    }
}
