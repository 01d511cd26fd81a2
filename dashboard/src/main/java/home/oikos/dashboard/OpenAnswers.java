package home.oikos.dashboard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The answers that last (watches, logs, sockets), by session, so that they end when it does. Any thread.
final class OpenAnswers {
    private final Map<String, Set<OpenAnswer>> bySession = new HashMap<>();

    /// One answer that lasts. Closed by whoever gave it.
    final class OpenAnswer implements AutoCloseable {
        private final String session;
        private Runnable end = () -> { };
        private boolean ended;

        private OpenAnswer(String session) {
            this.session = session;
        }

        /// How to end it; done at once when the session has ended already.
        void endsBy(Runnable how) {
            boolean late;
            synchronized (OpenAnswers.this) {
                end = how;
                late = ended;
            }
            if (late) how.run();
        }

        boolean isEnded() {
            synchronized (OpenAnswers.this) {
                return ended;
            }
        }

        @Override
        public void close() {
            synchronized (OpenAnswers.this) {
                var others = bySession.getOrDefault(session, Set.of());
                if (others.size() == 1 && others.contains(this)) bySession.remove(session);
                else others.remove(this);
            }
        }
    }

    synchronized OpenAnswer open(String session) {
        var answer = new OpenAnswer(session);
        bySession.computeIfAbsent(session, _ -> new HashSet<>()).add(answer);
        return answer;
    }

    void end(String session) {
        endings(session).forEach(Runnable::run);
    }

    private synchronized List<Runnable> endings(String session) {
        var endings = new ArrayList<Runnable>();
        for (var answer : bySession.getOrDefault(session, Set.of())) {
            answer.ended = true;
            endings.add(answer.end);
        }
        return endings;
    }
}
