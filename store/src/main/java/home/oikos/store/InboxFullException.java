package home.oikos.store;

import java.io.IOException;

/// More writes wait than the store admits; nothing was written. The caller answers 429 and its client tries again.
public final class InboxFullException extends IOException {
    private static final long serialVersionUID = 1;

    InboxFullException(int writes, long bytes) {
        super("%d writes of %d bytes wait already; try again".formatted(writes, bytes));
    }
}
