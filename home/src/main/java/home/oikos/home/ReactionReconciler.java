package home.oikos.home;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelException;
import home.oikos.cel.CelPrograms;
import home.oikos.cel.References;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.controller.Condition;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Times;
import home.oikos.home.ReactionState.Phase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings a Reaction one phase further. What it will do, and what there was before, stands in status before it is done.
final class ReactionReconciler implements Reconciler {
    /// An expression that reads objects of the API is looked at this often; devices call at each change.
    static final Duration OBJECTS_PERIOD = Duration.ofSeconds(5);
    /// A step that was refused is tried again after so long, as long as the reaction acts.
    static final Duration REFUSED_PERIOD = Duration.ofSeconds(30);

    private final ApiClient client;
    private final Cache<Reaction> reactions;
    private final CelPrograms programs;
    private final Sight sight;
    private final Hands hands;
    private final Clock clock;

    ReactionReconciler(ApiClient client, Cache<Reaction> reactions, CelPrograms programs, Sight sight, Hands hands, Clock clock) {
        this.client = client;
        this.reactions = reactions;
        this.programs = programs;
        this.sight = sight;
        this.hands = hands;
        this.clock = clock;
    }

    /// Whether the condition holds, and why nobody knows where nobody does.
    private record Judgement(Optional<Boolean> holds, String error) { }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var cached = reactions.get(key).orElse(null);
        if (cached == null) return Outcome.SETTLED;
        var now = clock.instant();
        var judged = judge(cached, now);
        if (isQuiet(cached, judged, now)) return later(cached, cached.state(), now);
        // The cache may lag behind what we wrote ourselves: a step is taken only from what the API holds now.
        var object = client.find(Kinds.REACTIONS, key).orElse(null);
        return object == null ? Outcome.SETTLED : advance(object, Reaction.read(object), judged, now);
    }

    private boolean isQuiet(Reaction reaction, Judgement judged, Instant now) {
        return reaction.state().phase() != Phase.Acting && judged.error().isEmpty() && reaction.isTold()
                && ReactionPlan.next(reaction, judged.holds(), now).equals(reaction.state());
    }

    private Judgement judge(Reaction reaction, Instant now) {
        try {
            var context = sight.from(reaction.key().namespace(), reaction.serviceAccountName(), now);
            return new Judgement(Optional.of(programs.compile(reaction.when()).test(context)), "");
        } catch (CelException unknown) {
            return new Judgement(Optional.empty(), unknown.getMessage());
        }
    }

    private Outcome advance(Json object, Reaction reaction, Judgement judged, Instant now) {
        var next = ReactionPlan.next(reaction, judged.holds(), now);
        if (next.phase() == Phase.Acting) return act(object, reaction, next, judged, now);
        boolean undo = reaction.state().phase() == Phase.Clearing && next.phase() == Phase.Idle;
        var status = undo ? undo(object, reaction, now) : object.at("status").object();
        write(object, status(status, reaction, next, now), condition(judged), now);
        if (next.phase() == Phase.Waiting && reaction.state().phase() == Phase.Idle) {
            hands.story(reaction.actor(), false, "Holds",
                    "%s: it holds; acts in %d s if it stays so".formatted(reaction.key().name(), reaction.forTime().toSeconds()));
        }
        return later(reaction, next, now);
    }

    private static Condition condition(Judgement judged) {
        return judged.error().isEmpty() ? Condition.of("Ready", true, "Watching", "The condition has a value.")
                : Condition.of("Ready", false, "Unknown", judged.error());
    }

    private Outcome later(Reaction reaction, ReactionState state, Instant now) {
        if (state.due().isPresent()) return Outcome.checkAt(state.due().get(), now);
        var program = program(reaction);
        boolean polls = program.isPresent() && (!program.get().objects().isEmpty() || !program.get().complete());
        return polls ? new Outcome.CheckAgain(OBJECTS_PERIOD) : Outcome.SETTLED;
    }

    private Optional<References> program(Reaction reaction) {
        try {
            return Optional.of(programs.compile(reaction.when()).references());
        } catch (CelException wrong) {
            return Optional.empty();
        }
    }

    /// First status says that it acts and what there was, then the steps are done, then status says how that went.
    private Outcome act(Json object, Reaction reaction, ReactionState next, Judgement judged, Instant now) {
        var held = object;
        if (reaction.state().phase() != Phase.Acting) held = begin(object, reaction, next, now);
        var acting = Reaction.read(held);
        var failures = new ArrayList<ApiException>();
        for (int index = 0; index < acting.steps().size(); index++) attempt(acting, index, failures);
        boolean done = failures.isEmpty();
        if (!done && !judged.holds().orElse(true)) done = true;
        var after = done ? acting.state().to(Phase.Acted) : acting.state();
        var status = status(held.at("status").object(), acting, after, now).with("actedTime", Times.text(now));
        write(held, status, failures.isEmpty() ? condition(judged) : refused(acting, failures.getFirst()), now);
        tellActed(acting, failures);
        return done ? later(acting, after, now) : new Outcome.CheckAgain(REFUSED_PERIOD);
    }

    private Json begin(Json object, Reaction reaction, ReactionState next, Instant now) {
        var undoable = new ArrayList<Json>();
        if (reaction.undoAfter().isPresent()) {
            for (int index = 0; index < reaction.steps().size(); index++) undoable.addAll(before(reaction, index));
        }
        var status = status(object.at("status").object(), reaction, next, now).with("undoable", new JsonArray(undoable));
        return write(object, status, Condition.of("Ready", true, "Acting", "The steps are being done."), now);
    }

    private List<? extends Json> before(Reaction reaction, int index) {
        try {
            return hands.undo(reaction.actor(), index, reaction.steps().get(index)).stream().map(Undo::json).toList();
        } catch (ApiException refused) {
            // The step itself will meet the same refusal and say so.
            return List.of();
        }
    }

    private void attempt(Reaction reaction, int index, List<ApiException> failures) {
        try {
            hands.act(reaction.actor(), reaction.steps().get(index), reaction.jobName(index));
        } catch (ApiException refused) {
            failures.add(refused);
        }
    }

    private static Condition refused(Reaction reaction, ApiException refused) {
        if (refused.code() != 403 || !refused.getMessage().contains("cannot")) return Condition.of("Ready", false, "StepRefused",
                refused.getMessage());
        return Condition.of("Ready", false, "Forbidden", "%s. To allow it: %s".formatted(refused.getMessage(),
                Grant.command(reaction.key().namespace(), reaction.serviceAccountName())));
    }

    private void tellActed(Reaction reaction, List<ApiException> failures) {
        var values = program(reaction).map(references -> sight.values(references, reaction.key().namespace())).orElse(JsonObject.EMPTY);
        if (failures.isEmpty()) hands.story(reaction.actor(), false, "Acted",
                "%s acted: %s".formatted(reaction.key().name(), Sentences.of(reaction, values)));
        else hands.story(reaction.actor(), true, "StepRefused",
                "%s: %s".formatted(reaction.key().name(), failures.getFirst().getMessage()));
    }

    private JsonObject undo(Json object, Reaction reaction, Instant now) {
        int restored = 0;
        var undoable = object.at("status", "undoable").array();
        for (var json : undoable) if (takeBack(reaction, Undo.read(json))) restored++;
        hands.story(reaction.actor(), false, "Undone",
                "%s: %d of %d fields put back".formatted(reaction.key().name(), restored, undoable.size()));
        return object.at("status").object().without("undoable").with("undoneTime", Times.text(now));
    }

    private boolean takeBack(Reaction reaction, Undo undo) {
        return undo.step() < reaction.steps().size() && hands.takeBack(reaction.actor(), reaction.steps().get(undo.step()), undo);
    }

    private JsonObject status(JsonObject before, Reaction reaction, ReactionState state, Instant now) {
        var status = before.with("observedGeneration", reaction.generation()).with("phase", state.phase().name())
                .with("actions", state.actions())
                .without("heldSinceTime").without("clearSinceTime").without("dueTime");
        if (state.since().isPresent()) {
            status = status.with(state.phase() == Phase.Clearing ? "clearSinceTime" : "heldSinceTime", Times.micro(state.since().get()));
        }
        if (state.due().isPresent()) status = status.with("dueTime", Times.micro(state.due().get()));
        var values = program(reaction).map(references -> sight.values(references, reaction.key().namespace())).orElse(JsonObject.EMPTY);
        return values.isEmpty() ? status.without("values") : status.with("values", values);
    }

    /// With the version that was read: somebody else's change meanwhile is a conflict, and the whole step is taken anew.
    private Json write(Json object, JsonObject status, Condition ready, Instant now) {
        var full = status.with("conditions", ready.in(status.at("conditions"), now));
        if (full.equals(object.at("status"))) return object;
        return client.updateStatus(Kinds.REACTIONS, object.object().with("status", full));
    }
}
