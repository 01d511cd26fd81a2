package home.oikos.dist;

import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// Named steps with their seconds. On a terminal a running step shows that it lives; elsewhere each step is one line.
final class Progress {
    static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Screen screen;
    private final Clock clock;
    private final boolean terminal = System.console() != null && System.console().isTerminal();

    Progress(Screen screen, Clock clock) {
        this.screen = screen;
        this.clock = clock;
    }

    /// What a step says: how far it is, and whether that is the end.
    record State(boolean done, String text) { }

    /// Looks until a step is done, and shows how far it is.
    /// @throws Refusal when it is not done in time; the message says how far it came
    void await(String name, Duration longest, Supplier<State> look) throws InterruptedException {
        var started = clock.instant();
        for (var state = look.get();; state = look.get()) {
            if (state.done()) {
                line(name, state.text(), started, "\n");
                return;
            }
            if (Duration.between(started, clock.instant()).compareTo(longest) > 0) {
                line(name, state.text(), started, "\n");
                throw new Refusal("%s: not done after %d s, stopped at: %s".formatted(name, longest.toSeconds(), state.text()));
            }
            if (terminal) line(name, state.text(), started, "");
            Thread.sleep(LOOK_AGAIN);
        }
    }

    /// A step that is done when the work returns.
    void run(String name, String text, Work work) throws Exception {
        var started = clock.instant();
        if (terminal) line(name, text, started, "");
        work.run();
        line(name, text, started, "\n");
    }

    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    private void line(String name, String text, Instant started, String end) {
        long seconds = Duration.between(started, clock.instant()).toSeconds();
        screen.out().printf("%s  %-11s %-52s %4d s%s", terminal ? "\r" : "", name, text, seconds, end);
        screen.out().flush();
    }
}
