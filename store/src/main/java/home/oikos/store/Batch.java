package home.oikos.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// One group commit in the making: decides writes one after another on top of the committed state. Nobody hears of a decision,
/// not even of a conflict, before the whole is on disk: it may rest on a write that the disk then refuses.
final class Batch {
    private final List<Event> events = new ArrayList<>();
    private final List<Durability> durabilities = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();
    private final List<Proposal> proposals;
    private Tree tree;
    private long revision;
    private long grownBytes;

    Batch(State state, List<Proposal> proposals) {
        tree = state.tree();
        revision = state.revision();
        this.proposals = proposals;
        proposals.forEach(this::decide);
    }

    List<Event> events() {
        return events;
    }

    Tree tree() {
        return tree;
    }

    long revision() {
        return revision;
    }

    /// How much more the live entries weigh on disk than before.
    long grownBytes() {
        return grownBytes;
    }

    boolean isLogged(int index) {
        return durabilities.get(index) != Durability.VOLATILE;
    }

    boolean isDurable() {
        return durabilities.contains(Durability.DURABLE);
    }

    /// The newest revision that readers will see before it is certain to be on disk; 0 for none.
    long unsyncedRevision() {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (durabilities.get(i) != Durability.DURABLE) return events.get(i).revision();
        }
        return 0;
    }

    void answer() {
        answers.forEach(Runnable::run);
    }

    void refuse(IOException cause) {
        for (var proposal : proposals) proposal.answer().completeExceptionally(new IOException(cause.getMessage(), cause));
    }

    private void decide(Proposal proposal) {
        var write = proposal.write();
        var found = tree.get(write.key());
        if (conflicts(write, found)) {
            var conflict = new ConflictException(write.key(), write.expectedRevision(), found);
            answers.add(() -> proposal.answer().completeExceptionally(conflict));
            return;
        }
        var event = switch (write) {
            case Put put -> new Event(++revision, entry(put, found), found);
            case Delete _ -> new Event(++revision, null, found);
        };
        accept(event, write.durability());
        answers.add(() -> proposal.answer().complete(event));
    }

    private void accept(Event event, Durability durability) {
        tree = tree.after(event);
        events.add(event);
        durabilities.add(durability);
        grownBytes += LogRecord.bytes(event.entry()) - LogRecord.bytes(event.previous());
    }

    private static boolean conflicts(Write write, Entry found) {
        if (found != null) return found.revision() != write.expectedRevision();
        return write instanceof Delete || write.expectedRevision() != 0;
    }

    private Entry entry(Put put, Entry found) {
        long created = found == null ? revision : found.createRevision();
        return new Entry(put.key(), put.splice(revision), put.head().length, revision, created, new Entry.Attachment(put.attachment()));
    }
}
