package home.oikos.rollout;

import home.oikos.cel.CelException;
import home.oikos.cel.CelPrograms;
import home.oikos.home.Sight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Evaluates the checks of one rollout over the house as it is at one instant, with the rights of the rollout's account.
final class Expressions implements Judge {
    private final CelPrograms programs;
    private final Sight sight;
    private final Rollout rollout;
    private final Instant now;
    /// What cost too much for one device is not tried for the next in the same look: a loop without end holds the others up once, not a thousand times.
    private final Set<String> dear = new HashSet<>();

    Expressions(CelPrograms programs, Sight sight, Rollout rollout, Instant now) {
        this.programs = programs;
        this.sight = sight;
        this.rollout = rollout;
        this.now = now;
    }

    /// Why one of a rollout's expressions is none; empty when all are.
    static Optional<Fleet.Trouble> trouble(CelPrograms programs, Rollout rollout) {
        return Stream.concat(rollout.gates().stream(), rollout.health().stream()).flatMap(check -> programs.error(check.expression()).stream()
                .map(why -> new Fleet.Trouble("InvalidExpression", "%s: %s".formatted(check.name(), why)))).findFirst();
    }

    /// Whether the passing of time, or an object of the API, may change what they say.
    static boolean haveToBePolled(CelPrograms programs, Rollout rollout) {
        return Stream.concat(rollout.gates().stream(), rollout.health().stream()).anyMatch(check -> hasToBePolled(programs, check.expression()));
    }

    private static boolean hasToBePolled(CelPrograms programs, String expression) {
        if (programs.error(expression).isPresent()) return false;
        var reads = programs.compile(expression).references();
        return !reads.objects().isEmpty() || !reads.complete() || expression.contains("age(");
    }

    @Override
    public List<Sign> complaints(List<Check> checks, Appliance about) {
        var complaints = new ArrayList<Sign>();
        for (var check : checks) complaint(check, about).ifPresent(complaints::add);
        return complaints;
    }

    private Optional<Sign> complaint(Check check, Appliance about) {
        if (dear.contains(check.expression())) return Optional.of(unknown(check, "it costs too much"));
        try {
            var context = sight.from(rollout.key().namespace(), rollout.serviceAccountName(), now).about(about.seen().at(now));
            return programs.compile(check.expression()).test(context) ? Optional.empty() : Optional.of(new Sign(check, false, check.complaint()));
        } catch (CelException wrong) {
            if (wrong.getMessage().contains("budget")) dear.add(check.expression());
            return Optional.of(unknown(check, wrong.getMessage()));
        }
    }

    private static Sign unknown(Check check, String why) {
        return new Sign(check, true, "nobody can say %s: %s".formatted(check.name(), why));
    }
}
