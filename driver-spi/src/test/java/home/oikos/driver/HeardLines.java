package home.oikos.driver;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What a driver or channel told, as lines, for a test to wait for.
public abstract class HeardLines {
    private static final int PATIENCE_SECONDS = 60;

    public final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

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
