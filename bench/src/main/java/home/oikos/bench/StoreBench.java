package home.oikos.bench;

import home.oikos.store.Durability;
import home.oikos.store.LogOptions;
import home.oikos.store.LogStore;
import home.oikos.store.Put;
import home.oikos.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Durable puts of 1,400 bytes into the store, by 1, 8, 16 and 128 clients, beside the bare fdatasync of the same disk; the bytes
/// written for each byte changed; what memory holds for each stored byte; how long it takes to open again.
public final class StoreBench {
    private static final int VALUE_BYTES = 1_400;
    private static final int SYNCS = 500;
    private static final int KEYS = 30_000;

    private StoreBench() { }

    public static void main(String[] arguments) throws Exception {
        var directory = Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "."), "store-bench");
        System.out.printf("bare write and fdatasync of %d bytes: p50 %.3f ms%n", VALUE_BYTES, syncMillis(directory));
        try (var store = open(directory)) {
            for (int clients : new int[] {128, 1, 8, 16, 128}) run(store, clients, clients == 1 ? 3_000 : 30_000);
        }
        fill(directory);
        reopen(directory);
        remove(directory);
    }

    private static LogStore open(Path directory) throws IOException {
        return LogStore.open(directory.resolve("store"), Clock.systemUTC(), LogOptions.standard());
    }

    static double syncMillis(Path directory) throws IOException {
        var nanos = new long[SYNCS];
        try (var file = FileChannel.open(directory.resolve("sync"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int i = 0; i < SYNCS; i++) {
                long start = System.nanoTime();
                file.write(ByteBuffer.allocate(VALUE_BYTES));
                file.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        }
        return percentile(nanos, 0.5);
    }

    private static double percentile(long[] nanos, double part) {
        Arrays.sort(nanos);
        return nanos[(int) (nanos.length * part)] / 1e6;
    }

    private static void run(Store store, int clients, int writes) throws Exception {
        var nanos = new long[clients * (writes / clients)];
        long written = writtenBytes();
        long start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Void>>();
            for (int i = 0; i < clients; i++) {
                int client = i;
                all.add(threads.submit(() -> write(store, client, nanos, writes / clients)));
            }
            for (var one : all) one.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double amplification = (writtenBytes() - written) / (double) (nanos.length * (long) VALUE_BYTES);
        System.out.printf("%3d clients: %,8.0f puts/s, p50 %.2f ms, p99 %.2f ms, %.2f bytes written a byte%n",
                clients, nanos.length / seconds, percentile(nanos, 0.5), percentile(nanos, 0.99), amplification);
    }

    private static Void write(Store store, int client, long[] nanos, int writes) throws Exception {
        for (int i = 0; i < writes; i++) {
            var key = "/registry/configmaps/default/c%d-%d".formatted(client, i % 100);
            long expected = store.snapshot().get(key).map(entry -> entry.revision()).orElse(0L);
            long start = System.nanoTime();
            store.put(new Put(key, new byte[VALUE_BYTES / 2], new byte[VALUE_BYTES / 2], expected, Durability.DURABLE, null));
            nanos[client * writes + i] = System.nanoTime() - start;
        }
        return null;
    }

    private static void fill(Path directory) throws Exception {
        long before = heapBytes();
        try (var store = open(directory); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long opened = heapBytes();
            var all = new ArrayList<Future<?>>();
            for (int client = 0; client < 100; client++) {
                int first = client * (KEYS / 100);
                all.add(threads.submit(() -> {
                    for (int i = first; i < first + KEYS / 100; i++) {
                        var key = "/registry/configmaps/filled/name-%06d".formatted(i);
                        store.put(new Put(key, new byte[VALUE_BYTES], new byte[0], 0, Durability.RELAXED, null));
                    }
                    return null;
                }));
            }
            for (var one : all) one.get();
            all.clear();
            double perByte = (heapBytes() - opened) / (double) (KEYS * (long) VALUE_BYTES);
            System.out.printf("%,d entries: %.2f bytes of heap a stored byte (%,d KiB when opened)%n", KEYS, perByte, (opened - before) / 1024);
        }
    }

    private static void reopen(Path directory) throws IOException {
        long start = System.nanoTime();
        try (var store = open(directory)) {
            System.out.printf("opened again with %,d entries in %d ms%n", store.snapshot().count(""), (System.nanoTime() - start) / 1_000_000);
            long scan = System.nanoTime();
            var bytes = new long[1];
            store.snapshot().range("", "", entry -> (bytes[0] += entry.value().length) > 0);
            System.out.printf("scanned %,d bytes in %.1f ms%n", bytes[0], (System.nanoTime() - scan) / 1e6);
        }
    }

    private static long heapBytes() {
        for (int i = 0; i < 3; i++) System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long writtenBytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/io"))) {
            return lines.filter(line -> line.startsWith("write_bytes:")).mapToLong(line -> Long.parseLong(line.substring(13).strip()))
                    .findFirst().orElse(0);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(path);
        }
    }
}
