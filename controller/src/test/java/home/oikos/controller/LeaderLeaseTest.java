package home.oikos.controller;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.FakeApi;
import home.oikos.client.Resources;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaderLeaseTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ApiClient client = new ApiClient(new FakeApi(Clock.systemUTC(), Resources.LEASES));
    private final LeaderLease one = lease("one");
    private final LeaderLease other = lease("other");

    private LeaderLease lease(String identity) {
        return new LeaderLease(client, new ObjectKey("oikos", "home"), identity);
    }

    @Test
    void onlyOneLeads() {
        assertTrue(one.hold(NOW));
        assertFalse(other.hold(NOW));
        assertTrue(one.hold(NOW.plusSeconds(2)));
    }

    @Test
    void aLeaderThatIsSilentIsReplaced() {
        one.hold(NOW);
        assertFalse(other.hold(NOW));
        assertFalse(other.hold(NOW.plusSeconds(15)));
        assertTrue(other.hold(NOW.plusSeconds(16)));
        assertFalse(one.hold(NOW.plusSeconds(17)));
    }

    @Test
    void aLeaseThatIsGivenBackIsFreeAtOnce() {
        one.hold(NOW);
        one.release(NOW);
        assertTrue(other.hold(NOW.plusSeconds(1)));
    }
}
