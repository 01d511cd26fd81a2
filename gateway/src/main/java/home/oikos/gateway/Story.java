package home.oikos.gateway;

import home.oikos.api.ObjectKey;
import home.oikos.client.Resource;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Reference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// Tells people what happened, as events, without letting a device that goes mad fill the disk with them. [#tell] may be called from any
/// thread and returns at once; [#run] belongs to one.
final class Story {
    private static final System.Logger LOG = System.getLogger("home.oikos.gateway");

    /// Sentences that wait to be written; beyond it the oldest is lost.
    static final int WAITING_MAX = 256;
    /// How often the same may be said of the same thing in a [#PERIOD].
    static final int SAME_MAX = 5;
    static final Duration PERIOD = Duration.ofMinutes(1);
    /// Things remembered for counting; beyond it counting begins anew.
    private static final int COUNTED_MAX = 4_096;

    private final EventRecorder recorder;
    private final Clock clock;
    private final ArrayDeque<Sentence> waiting = new ArrayDeque<>();
    private final Map<Topic, Integer> counts = new HashMap<>();
    private Instant since = Instant.EPOCH;

    private record Sentence(Outbox.Subject about, boolean warning, String reason, String message) { }

    private record Topic(ObjectKey about, String reason) { }

    Story(EventRecorder recorder, Clock clock) {
        this.recorder = recorder;
        this.clock = clock;
    }

    synchronized void tell(Outbox.Subject about, boolean warning, String reason, String message) {
        if (!mayTell(new Topic(about.key(), reason))) return;
        if (waiting.size() >= WAITING_MAX) waiting.removeFirst();
        waiting.addLast(new Sentence(about, warning, reason, message));
        notifyAll();
    }

    /// A message that could not be used: it belongs to no object, so it stands where people look for words of the process.
    synchronized void refused(String protocol, String source, String why) {
        LOG.log(System.Logger.Level.WARNING, "{0}: {1}: {2}; nothing was changed", protocol, Words.shortened(source), Words.shortened(why));
    }

    private boolean mayTell(Topic topic) {
        var now = clock.instant();
        if (!now.isBefore(since.plus(PERIOD)) || counts.size() >= COUNTED_MAX) {
            counts.clear();
            since = now;
        }
        return counts.merge(topic, 1, Integer::sum) <= SAME_MAX;
    }

    /// Writes until the thread is interrupted.
    void run() {
        try {
            while (true) write(next());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Sentence next() throws InterruptedException {
        while (waiting.isEmpty()) wait();
        return waiting.removeFirst();
    }

    private void write(Sentence sentence) {
        var about = new Reference(resource(sentence.about().kind()), sentence.about().key(), sentence.about().uid());
        if (sentence.warning()) recorder.warning(about, sentence.reason(), sentence.message());
        else recorder.normal(about, sentence.reason(), sentence.message());
    }

    private static Resource resource(String kind) {
        return kind.equals("Interlock") ? Kinds.INTERLOCKS : Kinds.DEVICES;
    }
}
