package home.oikos.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void outputAndStatusComeBack() {
        var output = Command.of("sh", "-c", "cat; echo two >&2; exit 3").input("one").tryRun();
        assertEquals(3, output.status());
        assertEquals("one", output.text());
        assertEquals("two\n", output.err());
    }

    @Test
    void aFailureSaysWhatTheCommandSaid() {
        var failure = assertThrows(CommandException.class, () -> Command.of("sh", "-c", "echo no such thing >&2; exit 1").run());
        assertTrue(failure.getMessage().endsWith("status 1: no such thing"), failure.getMessage());
    }

    @Test
    void aMissingProgramIsNamed() {
        var failure = assertThrows(CommandException.class, () -> Command.of("no-such-program-here").run());
        assertTrue(failure.getMessage().startsWith("no-such-program-here: cannot be run"), failure.getMessage());
    }

    @Test
    void aCommandThatHangsIsStopped() {
        var command = Command.of("sleep", "60").within(Duration.ofMillis(50));
        var failure = assertThrows(CommandException.class, command::run);
        assertTrue(failure.getMessage().contains("not finished within"), failure.getMessage());
    }

    @Test
    void argumentsAreNeverReadByAShell() {
        assertEquals("$(id) ; *\n", Command.of("echo", "$(id) ; *").run().text());
    }
}
