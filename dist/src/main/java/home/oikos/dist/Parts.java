package home.oikos.dist;

import java.util.ArrayDeque;
import java.util.Deque;

/// What was opened, closed in reverse. One that cannot be closed does not keep the others open. Any thread may add.
final class Parts implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() throws Exception {
        Exception first = null;
        for (var part = next(); part != null; part = next()) {
            try {
                part.close();
            } catch (Exception broken) {
                if (first == null) first = broken;
                else first.addSuppressed(broken);
            }
        }
        if (first != null) throw first;
    }

    private synchronized AutoCloseable next() {
        return open.poll();
    }
}
