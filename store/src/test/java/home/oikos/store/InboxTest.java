package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final Inbox inbox = new Inbox();

    private static Proposal proposal(int bytes) {
        return new Proposal(new Put("/a", new byte[bytes], new byte[0], 0, Durability.DURABLE, null));
    }

    @Test
    void tooManyWritesAreRefusedUntilSomeAreTaken() throws Exception {
        for (int i = 0; i < Inbox.WRITES_MAX; i++) inbox.add(proposal(1));
        assertThrows(InboxFullException.class, () -> inbox.add(proposal(1)));
        assertEquals(Inbox.WRITES_MAX, inbox.drain(null).size());
        inbox.add(proposal(1));
    }

    @Test
    void tooManyBytesAreRefusedUntilSomeAreTaken() throws Exception {
        int mebibyte = 1 << 20;
        int admitted = 0;
        var refused = new InboxFullException[1];
        while (refused[0] == null) {
            try {
                inbox.add(proposal(mebibyte));
                admitted++;
            } catch (InboxFullException e) {
                refused[0] = e;
            }
        }
        assertEquals(Inbox.BYTES_MAX / mebibyte - 1, admitted);
        while (!inbox.drain(null).isEmpty()) { }
        for (int i = 0; i < admitted; i++) inbox.add(proposal(mebibyte));
    }

    @Test
    void oneCommitTakesABoundedNumberOfBytesInTheOrderTheyCame() throws Exception {
        for (int i = 0; i < 20; i++) inbox.add(proposal(1 << 20));
        assertEquals(4, inbox.drain(null).size());
    }

    @Test
    void aClosedInboxRefusesAndWakesTheWriter() throws Exception {
        inbox.close();
        assertEquals(null, inbox.await(60_000));
        assertThrows(IOException.class, () -> inbox.add(proposal(1)));
        assertTrue(inbox.drain(null).isEmpty());
    }
}
