package home.oikos.dist;

import home.oikos.cli.Screen;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Shows on a terminal how much of a long upload has left; elsewhere it is still.
final class Upload {
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Screen screen;
    private final Clock clock;
    private final long sizeBytes;
    private final boolean terminal = System.console() != null && System.console().isTerminal();

    Upload(Screen screen, Clock clock, long sizeBytes) {
        this.screen = screen;
        this.clock = clock;
        this.sizeBytes = sizeBytes;
    }

    InputStream watch(InputStream bytes) {
        return terminal ? new Counted(bytes, clock.instant()) : bytes;
    }

    private final class Counted extends FilterInputStream {
        private final Instant started;
        private Instant told;
        private long read;

        Counted(InputStream bytes, Instant started) {
            super(bytes);
            this.started = started;
            this.told = started.plus(QUIET);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            read += Math.max(0, count);
            tell(clock.instant(), count < 0);
            return count;
        }

        private void tell(Instant now, boolean last) {
            if (now.isBefore(told) && !(last && told.isAfter(started.plus(QUIET)))) return;
            told = now.plus(Progress.LOOK_AGAIN);
            screen.out().printf("\r  %-11s %-52s %4d s%s", "upload", "%d of %d MB".formatted(read / 1_000_000, sizeBytes / 1_000_000),
                    Duration.between(started, now).toSeconds(), last ? "\n" : "");
            screen.out().flush();
        }
    }
}
