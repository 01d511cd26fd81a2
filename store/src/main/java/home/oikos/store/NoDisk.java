package home.oikos.store;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/// A disk that forgets at once: the same engine, in memory only.
final class NoDisk implements Disk {
    @Override
    public List<String> list() {
        return List.of();
    }

    @Override
    public LogFile open(String name) {
        return new Nothing();
    }

    @Override
    public void rename(String from, String to) { }

    @Override
    public void delete(String name) { }

    @Override
    public void syncDirectory() { }

    @Override
    public void close() { }

    private static final class Nothing implements LogFile {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public void append(ByteBuffer bytes) {
            bytes.position(bytes.limit());
        }

        @Override
        public void cut(long size) { }

        @Override
        public void sync() { }

        @Override
        public InputStream input(long offset) {
            return InputStream.nullInputStream();
        }

        @Override
        public void close() { }
    }
}
