package home.oikos.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The recent events, oldest first, in a chain of pages. The writer alone appends, and drops the oldest pages; a reader holds a
/// [View] and never sees beyond the revision it was made at. Events become visible with the volatile write that publishes the view.
final class History {
    /// What a kept event costs beside the version it replaced: the event, a slot, an old entry and its key.
    private static final int EVENT_BYTES = 160;
    private static final int PAGE_EVENTS_MAX = 256;
    /// The oldest page goes as a whole, so at most a sixteenth of the bytes is forgotten at once.
    private static final int PAGES_WANTED = 16;

    private final Duration age;
    private final long bytesMax;
    private Page oldest = new Page();
    private Page newest = oldest;
    private long bytes;
    private long floor;

    /// @param floor the revision at which history begins: later events are kept, it and earlier ones are not
    History(long floor, Duration age, long bytesMax) {
        this.floor = floor;
        this.age = age;
        this.bytesMax = bytesMax;
    }

    void append(List<Event> events, Instant now) {
        for (var event : events) {
            if (newest.count == PAGE_EVENTS_MAX || newest.bytes >= bytesMax / PAGES_WANTED) newest = newest.next = new Page();
            newest.add(event, now);
            bytes += cost(event);
        }
        while (oldest != newest && (bytes > bytesMax || oldest.time.isBefore(now.minus(age)))) dropOldest();
    }

    View view(long revision) {
        return new View(oldest, floor, revision);
    }

    private void dropOldest() {
        floor = oldest.events[oldest.count - 1].revision();
        bytes -= oldest.bytes;
        oldest = oldest.next;
    }

    private static long cost(Event event) {
        return EVENT_BYTES + (event.previous() == null ? 0 : event.previous().value().length);
    }

    /// The history as of one revision; free for any thread.
    record View(Page oldest, long floor, long revision) {
        /// The events after that revision, oldest first.
        List<Event> after(long asked, String prefix) throws CompactedException {
            if (asked < floor) throw new CompactedException(asked, floor);
            var found = new ArrayList<Event>();
            for (var page = oldest; page != null; page = page.next) {
                for (var event : page.events) {
                    if (event == null) break;
                    if (event.revision() > revision) return found;
                    if (event.revision() > asked && event.key().startsWith(prefix)) found.add(event);
                }
            }
            return found;
        }
    }

    private static final class Page {
        private final Event[] events = new Event[PAGE_EVENTS_MAX];
        private Page next;
        private int count;
        private long bytes;
        private Instant time;

        private void add(Event event, Instant now) {
            events[count++] = event;
            bytes += cost(event);
            time = now;
        }
    }
}
