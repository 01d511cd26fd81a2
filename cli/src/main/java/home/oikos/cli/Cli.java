package home.oikos.cli;

import home.oikos.api.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Finds the verb, runs it, and turns whatever goes wrong into a sentence and an exit code: 1 for what could not be done, 2 for
/// words that make no sense.
public final class Cli {
    private final Screen screen;
    private final Map<String, Callable<Integer>> verbs;

    /// @param more verbs of other rooms, by name
    public Cli(Screen screen, Clock clock, Map<String, Callable<Integer>> more) {
        this.screen = screen;
        var all = new java.util.HashMap<>(more);
        for (var verb : own(clock)) all.put(verb.getClass().getAnnotation(CommandLine.Command.class).name(), verb);
        this.verbs = Map.copyOf(all);
    }

    private List<Callable<Integer>> own(Clock clock) {
        var home = new Home(clock);
        return new ArrayList<>(List.of(new Get(home, screen), new SetDesired(home, screen), new DoCommand(home, screen),
                new Apply(home, screen), new Delete(home, screen),
                new Logs(home, screen), new Exec(home, screen), new Status(home, screen), new Events(home, screen), new Brew(home, screen),
                new Rollout(home, screen),
                new DeviceAdd(home, screen)));
    }

    /// @return the exit code of the process
    public int run(String verb, List<String> arguments) {
        var command = verbs.get(verb);
        if (command == null) return refuse(Refusal.usage("there is no verb " + verb + "; see ./oikos --help"));
        var line = new CommandLine(command).setExecutionExceptionHandler((thrown, _, _) -> told(thrown))
                .setParameterExceptionHandler((wrong, _) -> refuse(Refusal.usage(wrongWords(verb, wrong))));
        return line.execute(arguments.toArray(String[]::new));
    }

    private static String wrongWords(String verb, ParameterException wrong) {
        return verb + ": " + wrong.getMessage() + "; see ./oikos --help";
    }

    private int told(Exception thrown) {
        return switch (thrown) {
            case Refusal refusal -> refuse(refusal);
            case ApiException refused -> refuse(new Refusal(refused.getMessage()));
            case UncheckedIOException away -> refuse(new Refusal(unreachable(away.getCause())));
            case IOException broken -> refuse(new Refusal(unreachable(broken)));
            default -> {
                thrown.printStackTrace(screen.err());
                yield refuse(new Refusal("this is a mistake in Oikos itself: " + thrown));
            }
        };
    }

    private static String unreachable(IOException cause) {
        if (cause instanceof java.net.ConnectException) return "the home does not answer; ./oikos up starts it, ./oikos doctor says more";
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private int refuse(Refusal refusal) {
        screen.err().println(refusal.getMessage());
        return refusal.exitCode();
    }
}
