package home.oikos.gateway;

import home.oikos.api.ApiException;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import java.time.Instant;
import java.util.Optional;

/// What devices do for a code alone: whether they could, asked before a code is spent, and that they do, once it was. Belongs to [House] and its thread.
final class Permits {
    private final House house;
    private final Outbox out;

    Permits(House house, Outbox out) {
        this.house = house;
        this.out = out;
    }

    /// @param refusal why it would not be done; empty when it would
    /// @param password the OneTimePassword whose code it needs
    record Asked(Optional<ApiException> refusal, ObjectKey password) {
        private static Asked refused(Reason reason, String format, Object... arguments) {
            return new Asked(Optional.of(new ApiException(reason, format, arguments)), ObjectKey.clusterScoped(""));
        }
    }

    Asked ask(ObjectKey device, String name, Instant now) {
        if (!house.hasBegun()) return Asked.refused(Reason.SERVICE_UNAVAILABLE, "the interlocks are still being read; try again in a moment");
        var thing = house.world.find(device).orElse(null);
        if (thing == null) return Asked.refused(Reason.NOT_FOUND, "there is no device %s in %s", device.name(), device.namespace());
        var command = command(thing, name);
        if (command.isEmpty()) return Asked.refused(Reason.NOT_FOUND, "%s has no command %s; %s", device.name(), Words.shortened(name), known(thing));
        var password = thing.spec.oneTimePasswordName();
        if (password.isEmpty()) {
            return Asked.refused(Reason.CONFLICT, "%s names no OneTimePassword whose code would count: spec.oneTimePasswordName", device.name());
        }
        return obstacle(thing, command.get(), now).map(why -> Asked.refused(Reason.CONFLICT, "%s: %s", device.name(), why))
                .orElse(new Asked(Optional.empty(), new ObjectKey(device.namespace(), password)));
    }

    private static Optional<CommandModel> command(Thing thing, String name) {
        return thing.model == null ? Optional.empty() : thing.model.commands().stream().filter(command -> command.name().equals(name)).findFirst();
    }

    private static String known(Thing thing) {
        var names = thing.model == null ? "" : String.join(", ", thing.model.commands().stream().map(CommandModel::name).toList());
        return names.isEmpty() ? "its model has none" : "it has " + names;
    }

    private Optional<String> obstacle(Thing thing, CommandModel command, Instant now) {
        var link = house.linkError(thing);
        if (link.isPresent()) return link;
        if (thing.available.isPresent() && !thing.available.get()) return Optional.of("it is away, and what it cannot hear now it shall not hear later");
        return switch (house.guard.judge(thing.key, command.property(), command.value(), now)) {
            case Verdict.Passes _ -> Optional.empty();
            case Verdict.Waits(var until, var why) -> Optional.of("not before %s: %s".formatted(Status.time(until), why));
            case Verdict.Refused(var interlock, var why) -> Optional.of("refused by interlock %s: %s".formatted(interlock, why));
        };
    }

    /// The code was good and is spent. What it permits is done now or never.
    /// @param who asked, for the story
    /// @return why it could not be done; empty when it is under way
    Optional<String> grant(ObjectKey device, String name, String who, Instant now) {
        var thing = house.world.find(device).orElse(null);
        var command = thing == null ? Optional.<CommandModel>empty() : command(thing, name);
        if (command.isEmpty()) return Optional.of(device.name() + " is gone");
        thing.permits.put(command.get().property(), Permit.of(command.get(), now));
        out.tell(Outbox.Subject.of(thing), false, "Permitted", "%s: a code of %s was shown; %s asked".formatted(name, thing.spec.oneTimePasswordName(), who));
        house.settle(thing, now);
        return switch (thing.syncs.getOrDefault(command.get().property(), Sync.IN_SYNC)) {
            case Sync.InSync _, Sync.Applying _ -> Optional.empty();
            case Sync.Waiting(_, var why) -> Optional.of(why);
            case Sync.Interlocked(var interlock, var why) -> Optional.of("refused by interlock %s: %s".formatted(interlock, why));
            case Sync.Invalid(var why) -> Optional.of(why);
            case Sync.Unreachable(var why) -> Optional.of(why + ", which is tried again for " + Words.duration(command.get().hold()));
        };
    }
}
