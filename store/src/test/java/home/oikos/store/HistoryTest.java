package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Duration AGE = Duration.ofMinutes(5);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private History history = new History(1, AGE, 100_000);
    private long revision = 1;

    private void append(String key, int replacedBytes, Instant now) {
        var previous = new Entry(key, new byte[replacedBytes], 0, revision, 1, new Entry.Attachment(null));
        history.append(List.of(new Event(++revision, null, previous)), now);
    }

    private long floor() {
        return history.view(revision).floor();
    }

    private List<Long> after(long asked) throws CompactedException {
        return history.view(revision).after(asked, "").stream().map(Event::revision).toList();
    }

    @Test
    void everyEventAboveTheFloorIsThereEvenADeletionRightAboveIt() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            append("/k", 500, START);
            var kept = after(floor());
            assertEquals(revision - floor(), kept.size());
            assertEquals(revision, kept.getLast());
        }
        assertTrue(floor() > 1_000);
        assertEquals(floor(), assertThrows(CompactedException.class, () -> after(floor() - 1)).oldest());
    }

    @Test
    void bytesAreBoundedAndAtLeastFifteenSixteenthsOfThemAreUsed() {
        for (int i = 0; i < 2_000; i++) append("/k", 840, START);
        long kept = revision - floor();
        assertTrue(kept <= 100 && kept >= 90, "events kept: " + kept);
    }

    @Test
    void whatIsOlderThanItsAgeGoesAPageAtATime() throws Exception {
        history = new History(1, AGE, 1 << 20);
        for (int i = 0; i < 300; i++) append("/k", 0, START.plusSeconds(i));
        assertEquals(1, floor());
        append("/k", 0, START.plus(AGE).plusSeconds(254));
        assertEquals(1, floor());
        append("/k", 0, START.plus(AGE).plusSeconds(256));
        assertEquals(257, floor());
        assertEquals(revision - 257, after(257).size());
    }

    @Test
    void aViewDoesNotSeeWhatWasAppendedLaterNorLoseWhatWasDropped() throws Exception {
        append("/k", 0, START);
        var view = history.view(revision);
        for (int i = 0; i < 1_000; i++) append("/k", 1_000, START);
        assertEquals(List.of(2L), view.after(1, "").stream().map(Event::revision).toList());
        assertThrows(CompactedException.class, () -> after(1));
    }
}
