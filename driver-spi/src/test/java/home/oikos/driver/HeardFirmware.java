package home.oikos.driver;

import home.oikos.api.ObjectKey;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Keeps what a firmware channel told, as lines such as `plug Loaded 1, 100`, for a test to wait for. All is written down at once.
public final class HeardFirmware implements FirmwareListener {
    private static final int PATIENCE_SECONDS = 60;

    public final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

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

    @Override
    public void refused(String source, String why) {
        heard.add("refused " + source + ": " + why);
    }

    public String next() throws InterruptedException {
        var line = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) throw new AssertionError("nothing was heard within " + PATIENCE_SECONDS + " s");
        return line;
    }

    /// Waits for a line that begins so; what comes before it is passed over.
    public String await(String beginning) throws InterruptedException {
        for (var line = next();; line = next()) if (line.startsWith(beginning)) return line;
    }
}
