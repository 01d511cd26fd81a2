package home.oikos.store;

import java.util.List;
import java.util.Optional;

/// `snapshot-N` is the state before `log-N`; logs follow each other by number.
record FileName(String kind, long number) {
    static final String LOG = "log";
    static final String SNAPSHOT = "snapshot";
    /// Being written; worthless after a crash.
    static final String UNFINISHED = "unfinished";

    static FileName log(long number) {
        return new FileName(LOG, number);
    }

    static FileName snapshot(long number) {
        return new FileName(SNAPSHOT, number);
    }

    static FileName unfinished(long number) {
        return new FileName(UNFINISHED, number);
    }

    static Optional<FileName> parse(String name) {
        int dash = name.lastIndexOf('-');
        if (dash < 0 || !List.of(LOG, SNAPSHOT, UNFINISHED).contains(name.substring(0, dash))) return Optional.empty();
        try {
            return Optional.of(new FileName(name.substring(0, dash), Long.parseLong(name.substring(dash + 1))));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    static List<FileName> all(List<String> names) {
        return names.stream().flatMap(name -> parse(name).stream()).toList();
    }

    boolean is(String kind) {
        return this.kind.equals(kind);
    }

    @Override
    public String toString() {
        return "%s-%010d".formatted(kind, number);
    }
}
