package home.oikos.dashboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A phone with a secret, by Debian's `oathtool`. It never waits for the next code: its clock runs ahead by as much as it takes, as the home allows.
public final class Phone {
    private static final int PERIOD_SECONDS = 30;

    private final String secret;
    private long last = -1;
    private long ahead;

    /// @param secret in base32
    public Phone(String secret) {
        this.secret = secret;
    }

    /// A code that was not given yet. One that was drawn and not accepted has to be given [#again]: the home follows one step at a time.
    public String code(Instant now) throws IOException {
        long step = now.getEpochSecond() / PERIOD_SECONDS;
        last = Math.max(last + 1, step + ahead);
        ahead = last - step;
        return at(last);
    }

    /// The code drawn last.
    public String again() throws IOException {
        return at(last);
    }

    private String at(long step) throws IOException {
        var process = new ProcessBuilder("oathtool", "--totp", "--now=@" + step * PERIOD_SECONDS, "--base32", secret).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (process.onExit().join().exitValue() != 0) throw new IOException("oathtool: " + said);
        return said;
    }
}
