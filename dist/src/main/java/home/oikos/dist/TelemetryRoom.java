package home.oikos.dist;

import home.oikos.api.JsonObject;
import home.oikos.apiserver.LocalApi;
import home.oikos.gateway.FileHistory;
import home.oikos.gateway.Telemetry;
import home.oikos.gateway.TelemetryApi;
import home.oikos.http.Handler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// The readings of the home: kept, written now and then, and served as an API beside the others (`gateway.oikos.home`).
final class TelemetryRoom implements AutoCloseable {
    private final FileHistory history;
    private final Telemetry telemetry;
    private final LocalApi api;
    private final Journal journal;
    private final Thread writer;

    private TelemetryRoom(FileHistory history, Clock clock, Journal journal) {
        this.history = history;
        this.journal = journal;
        this.telemetry = new Telemetry(Optional.of(history));
        this.api = new Served(telemetry, new TelemetryApi(telemetry, clock));
        this.writer = Thread.ofVirtual().name("history").start(this::write);
    }

    static TelemetryRoom open(Path folder, Clock clock, Journal journal) throws IOException {
        return new TelemetryRoom(new FileHistory(folder, FileHistory.DAY_BYTES_DEFAULT, FileHistory.RETENTION_DEFAULT, clock), clock, journal);
    }

    Telemetry telemetry() {
        return telemetry;
    }

    LocalApi api() {
        return api;
    }

    private void write() {
        try {
            while (true) {
                Thread.sleep(FileHistory.FLUSH_PERIOD);
                flush();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void flush() {
        try {
            history.flush();
        } catch (IOException full) {
            journal.tell("readings could not be written: " + full.getMessage());
        }
    }

    @Override
    public void close() throws InterruptedException {
        writer.interrupt();
        writer.join();
        telemetry.close();
    }

    private record Served(Telemetry telemetry, Handler handler) implements LocalApi {
        @Override
        public String group() {
            return TelemetryApi.GROUP;
        }

        @Override
        public String version() {
            return TelemetryApi.VERSION;
        }

        @Override
        public JsonObject resources() {
            return TelemetryApi.resources();
        }

        @Override
        public String metrics() {
            return telemetry.metrics();
        }
    }
}
