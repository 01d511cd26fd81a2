package home.oikos.dist;

import java.util.ArrayDeque;
import java.util.Deque;

/// What was opened, closed in reverse. One that cannot be closed does not keep the others open.
final class Parts implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() throws Exception {
        Exception first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception broken) {
                if (first == null) first = broken;
                else first.addSuppressed(broken);
            }
        }
        if (first != null) throw first;
    }
}
