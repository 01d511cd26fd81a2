package home.oikos.http;

import java.util.ArrayDeque;
import java.util.Deque;

/// Arrays that go round between who fills them and the socket that empties them. What is streamed then leaves no garbage: copies of many large answers
/// would outlive the young generation while they wait for their clients, and fill the heap. Safe for any thread.
final class Buffers {
    /// What is read of a file at once.
    static final int BUFFER_BYTES = 32 << 10;

    private final Deque<byte[]> free = new ArrayDeque<>();

    /// As many are made as are away at once: who takes one has reserved room for it.
    synchronized byte[] take() {
        return free.isEmpty() ? new byte[BUFFER_BYTES] : free.pop();
    }

    synchronized void giveBack(byte[] buffer) {
        free.push(buffer);
    }
}
