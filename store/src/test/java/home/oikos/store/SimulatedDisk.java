package home.oikos.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A disk in memory that loses what a real one may lose: unsynced bytes sector by sector, names without a directory sync, space,
/// and the promise of a sync. Only for one thread.
final class SimulatedDisk implements Disk {
    private static final int SECTOR_BYTES = 512;

    private final RandomGenerator random;
    private Map<String, Content> names = new HashMap<>();
    private Map<String, Content> durableNames = new HashMap<>();
    /// The names after each change since the last directory sync: a journal keeps their order, so a prefix survives.
    private final List<Map<String, Content>> unsyncedNames = new ArrayList<>();
    private long syncs;
    private long operationsUntilCut = Long.MAX_VALUE;
    private long capacityBytes = Long.MAX_VALUE;
    private boolean syncFails;

    SimulatedDisk(RandomGenerator random) {
        this.random = random;
    }

    long syncs() {
        return syncs;
    }

    void cutPowerAfter(long operations) {
        operationsUntilCut = operations;
    }

    void limit(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    void failSyncs(boolean fail) {
        syncFails = fail;
    }

    long usedBytes() {
        return names.values().stream().mapToLong(content -> content.bytes.length).sum();
    }

    /// The bytes themselves: who changes them is the rot of a disk.
    byte[] bytes(String name) {
        return names.get(name).bytes;
    }

    void append(String name, byte[] bytes) {
        names.get(name).append(bytes, bytes.length);
    }

    /// The machine starts again: whatever was not synced survives by chance.
    void losePower() {
        int survived = random.nextInt(unsyncedNames.size() + 1);
        names = new HashMap<>(survived == 0 ? durableNames : unsyncedNames.get(survived - 1));
        names.values().forEach(content -> content.losePower(random));
        settle();
    }

    /// Only the process starts again: the kernel has everything.
    void killProcess() {
        operationsUntilCut = Long.MAX_VALUE;
    }

    private void settle() {
        durableNames = new HashMap<>(names);
        unsyncedNames.clear();
        operationsUntilCut = Long.MAX_VALUE;
        syncFails = false;
    }

    /// True when the power goes during this operation.
    private boolean isLast() {
        return --operationsUntilCut == 0;
    }

    private void step() {
        if (isLast()) throw new PowerCut();
    }

    @Override
    public List<String> list() {
        return names.keySet().stream().sorted().toList();
    }

    @Override
    public LogFile open(String name) {
        if (!names.containsKey(name)) {
            step();
            names.put(name, new Content());
            unsyncedNames.add(new HashMap<>(names));
        }
        return new OpenFile(names.get(name));
    }

    @Override
    public void rename(String from, String to) {
        step();
        names.put(to, names.remove(from));
        unsyncedNames.add(new HashMap<>(names));
    }

    @Override
    public void delete(String name) {
        step();
        if (names.remove(name) != null) unsyncedNames.add(new HashMap<>(names));
    }

    @Override
    public void syncDirectory() throws IOException {
        step();
        if (syncFails) throw new IOException("Input/output error");
        durableNames = new HashMap<>(names);
        unsyncedNames.clear();
    }

    @Override
    public void close() { }

    /// The bytes of a file as the kernel has them, and what of them is certain.
    private static final class Content {
        private byte[] bytes = new byte[0];
        private byte[] durable = new byte[0];
        /// Below this nothing has changed since the last sync.
        private int unchanged;

        private void append(byte[] source, int length) {
            int start = bytes.length;
            bytes = Arrays.copyOf(bytes, start + length);
            System.arraycopy(source, 0, bytes, start, length);
        }

        private void cut(int size) {
            bytes = Arrays.copyOf(bytes, Math.min(size, bytes.length));
            unchanged = Math.min(unchanged, bytes.length);
        }

        private void sync() {
            durable = bytes.clone();
            unchanged = bytes.length;
        }

        private void losePower(RandomGenerator random) {
            int length = unchanged + random.nextInt(Math.max(bytes.length, durable.length) - unchanged + 1);
            var survived = Arrays.copyOf(durable, length);
            Arrays.fill(survived, unchanged, length, (byte) 0);
            for (int at = unchanged; at < length; at++) {
                int sectorEnd = Math.min(length, (at / SECTOR_BYTES + 1) * SECTOR_BYTES);
                var source = switch (random.nextInt(3)) {
                    case 0 -> new byte[0];
                    case 1 -> durable;
                    default -> bytes;
                };
                int end = Math.min(sectorEnd, source.length);
                if (end > at) System.arraycopy(source, at, survived, at, end - at);
                at = sectorEnd - 1;
            }
            bytes = survived;
            sync();
        }
    }

    private final class OpenFile implements LogFile {
        private final Content content;

        private OpenFile(Content content) {
            this.content = content;
        }

        @Override
        public long size() {
            return content.bytes.length;
        }

        @Override
        public void append(ByteBuffer source) throws IOException {
            var bytes = new byte[source.remaining()];
            source.get(bytes);
            if (isLast()) {
                content.append(bytes, random.nextInt(bytes.length + 1));
                throw new PowerCut();
            }
            long room = Math.max(0, capacityBytes - usedBytes());
            content.append(bytes, (int) Math.min(room, bytes.length));
            if (room < bytes.length) throw new IOException("No space left on device");
        }

        @Override
        public void cut(long size) {
            step();
            content.cut((int) size);
        }

        @Override
        public void sync() throws IOException {
            step();
            syncs++;
            if (syncFails) throw new IOException("Input/output error");
            content.sync();
        }

        @Override
        public InputStream input(long offset) {
            var bytes = content.bytes;
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        }

        @Override
        public void close() { }
    }
}
