package home.oikos.gateway;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// What leaves memory. Placed behind [Telemetry].
public interface History extends AutoCloseable {
    /// Keeps a reading; returns at once and never throws.
    void add(Series series, Sample sample);

    /// The readings of one series between two instants, oldest first.
    List<Sample> read(Series series, Instant from, Instant to) throws IOException;

    /// Writes what is in memory.
    void flush() throws IOException;

    @Override
    void close();
}
