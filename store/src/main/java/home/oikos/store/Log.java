package home.oikos.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The log file that is appended to: records are staged, written as one, and synced. Used by the writer alone.
/// After a failed sync nobody knows what the kernel kept, and a second sync would say yes to pages it has dropped:
/// so the first failure is final, and only opening the store again, which reads the file, makes it writable.
final class Log implements Closeable {
    private static final int BUFFER_BYTES = 64 << 10;
    /// A larger buffer is given back after its commit.
    private static final int BUFFER_KEPT_BYTES = 1 << 20;

    private final LogFile file;
    private final long number;
    private ByteBuffer staged = ByteBuffer.allocate(BUFFER_BYTES);
    private long written;
    private long synced;
    private IOException failure;

    private Log(LogFile file, long number, long size) {
        this.file = file;
        this.number = number;
        written = size;
        synced = size;
    }

    /// Makes the next log, durable and empty.
    static Log create(Disk disk, long number) throws IOException {
        var file = disk.open(FileName.log(number).toString());
        try {
            file.cut(0);
            file.append(FileHeader.encode(FileHeader.FORMAT));
            file.sync();
            disk.syncDirectory();
            return new Log(file, number, FileHeader.BYTES);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /// Goes on with a log that was read to its end, and makes durable what was read.
    static Log resume(Disk disk, long number, long size) throws IOException {
        var file = disk.open(FileName.log(number).toString());
        if (file.size() > size) file.cut(size);
        file.sync();
        return new Log(file, number, size);
    }

    long number() {
        return number;
    }

    long size() {
        return written;
    }

    /// True when something was written that a power cut would take.
    boolean unsynced() {
        return synced < written;
    }

    void stage(Event event, Seal seal) {
        var deleted = event.isDelete();
        stage(deleted ? LogRecord.delete(event.revision(), synced, event.key()) : LogRecord.put(event.entry(), seal, synced));
    }

    void stageReserve(long revision) {
        stage(LogRecord.reserve(revision, synced));
    }

    private void stage(LogRecord record) {
        staged = record.encode(staged);
    }

    void unstage() {
        staged.clear();
        if (staged.capacity() > BUFFER_KEPT_BYTES) staged = ByteBuffer.allocate(BUFFER_BYTES);
    }

    /// Hands the staged records to the kernel. When it refuses, nothing of them stays.
    void write() throws IOException {
        check();
        int length = staged.position();
        try {
            file.append(staged.flip());
            written += length;
        } catch (IOException e) {
            cutBack(e);
            throw e;
        } finally {
            unstage();
        }
    }

    void sync() throws IOException {
        check();
        try {
            file.sync();
            synced = written;
        } catch (IOException e) {
            throw fail(e);
        }
    }

    /// The cut is synced, for else a power cut could bring back what was refused, beside other writes at the same revisions.
    private void cutBack(IOException cause) {
        try {
            file.cut(written);
            file.sync();
            synced = written;
        } catch (IOException e) {
            cause.addSuppressed(e);
            fail(cause);
        }
    }

    /// Writes are refused from now on.
    IOException fail(IOException cause) {
        failure = cause;
        return cause;
    }

    private void check() throws IOException {
        if (failure == null) return;
        throw new IOException("the disk failed (%s) and what it kept is unknown; nothing is written until the store is opened again"
                .formatted(failure.getMessage()), failure);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
