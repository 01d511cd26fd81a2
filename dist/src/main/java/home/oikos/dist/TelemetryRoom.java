package home.oikos.dist;

import home.oikos.api.JsonObject;
import home.oikos.apiserver.LocalApi;
import home.oikos.gateway.FileHistory;
import home.oikos.gateway.GatewayApi;
import home.oikos.gateway.ServedResource;
import home.oikos.gateway.Telemetry;
import home.oikos.gateway.TelemetryApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The readings of the home: kept, written now and then, and served, with what else the gateway serves, as an API beside the others (`gateway.oikos.home`).
final class TelemetryRoom implements AutoCloseable {
    private final FileHistory history;
    private final Telemetry telemetry;
    private final LocalApi api;
    private final Journal journal;
    private final Thread writer;

    private TelemetryRoom(FileHistory history, List<ServedResource> others, Clock clock, Journal journal) {
        this.history = history;
        this.journal = journal;
        this.telemetry = new Telemetry(Optional.of(history));
        var table = new ArrayList<>(new TelemetryApi(telemetry, clock).resources());
        table.addAll(others);
        this.api = new Served(telemetry, new GatewayApi(table));
        this.writer = Thread.ofVirtual().name("history").start(this::write);
    }

    /// @param others what else is served beside the readings
    static TelemetryRoom open(Path folder, List<ServedResource> others, Clock clock, Journal journal) throws IOException {
        var history = new FileHistory(folder, FileHistory.DAY_BYTES_DEFAULT, FileHistory.RETENTION_DEFAULT, clock);
        return new TelemetryRoom(history, others, clock, journal);
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

    private record Served(Telemetry telemetry, GatewayApi handler) implements LocalApi {
        @Override
        public String group() {
            return GatewayApi.GROUP;
        }

        @Override
        public String version() {
            return GatewayApi.VERSION;
        }

        @Override
        public JsonObject resources() {
            return handler.resources();
        }

        @Override
        public String metrics() {
            return telemetry.metrics();
        }
    }
}
