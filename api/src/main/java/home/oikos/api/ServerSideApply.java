package home.oikos.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Field management of one kind: apply, and the bookkeeping of every other write. Pure; give it the same arguments and it
/// gives the same answer.
/// @param type    of the kind
/// @param ignored fields that the path written through does not change: `status` for the object itself, `spec` for `/status`
public record ServerSideApply(ObjectSchema type, FieldSet ignored) {
    /// The owner of what was there before the first apply.
    private static final String BEFORE_FIRST_APPLY = "before-first-apply";

    /// What an apply makes of an object.
    /// @param changed false when nothing but at most ownership differs from the live object
    public record Applied(JsonObject object, boolean changed) { }

    /// The new object with its `managedFields` after a create, update or patch.
    /// @param live the object before; for a create [Zeros#object] of the type, which has no uid
    /// @param made the object as it shall be, with what the client says of `managedFields`
    public JsonObject update(JsonObject live, JsonObject made, FieldOwner manager, Instant now) {
        var owners = owners(live, made, manager);
        if (owners.isEmpty() && !live.at("metadata", "uid").text("").isEmpty()) return made.withoutAt("metadata", "managedFields");
        return updated(owners, live, made, manager, now).folded().writtenTo(made);
    }

    /// A client may write `managedFields` itself, except through a subresource; `[{}]` clears them.
    private static FieldOwnership owners(JsonObject live, JsonObject made, FieldOwner manager) {
        var given = made.at("metadata", "managedFields").array();
        if (given.size() == 1 && given.at(0).object().isEmpty() && manager.subresource().isEmpty()) return new FieldOwnership(List.of());
        return given.isEmpty() || !manager.subresource().isEmpty() || !given.stream().allMatch(ServerSideApply::isEntry)
                ? FieldOwnership.of(live) : FieldOwnership.of(made);
    }

    private static boolean isEntry(Json entry) {
        var operation = entry.at("operation").text("");
        return operation.equals("Apply") || operation.equals("Update");
    }

    private FieldOwnership updated(FieldOwnership owners, JsonObject live, JsonObject made, FieldOwner manager, Instant now) {
        var comparison = FieldComparison.of(unmanaged(live), unmanaged(made), type, ignored);
        var changed = comparison.changed();
        var own = owners.fields(manager).difference(comparison.removed());
        var others = owners.taken(manager, changed).taken(manager, comparison.removed());
        return others.with(manager, own.union(changed), FieldOwnership.owned(changed).isEmpty() ? Optional.empty() : Optional.of(now));
    }

    private static JsonObject unmanaged(JsonObject object) {
        return object.withoutAt("metadata", "managedFields");
    }

    /// Applies a configuration.
    /// @param live   the object before; [Zeros#object] of the type when it is made by this apply
    /// @param config as the client sent it, neither defaulted nor with members dropped
    /// @throws ApiException a conflict with one cause for each field that others own, or 500 when the configuration does not fit its schema
    public Applied apply(JsonObject live, JsonObject config, FieldOwner manager, boolean force, Instant now) {
        if (config.at("metadata").object().has("managedFields")) throw new ApiException(Reason.BAD_REQUEST,
                "metadata.managedFields must be nil");
        check(config);
        var owners = FieldOwnership.of(live);
        var plain = unmanaged(live);
        if (owners.isEmpty()) {
            owners = updated(owners, Zeros.object(type), plain, new FieldOwner(BEFORE_FIRST_APPLY, false, manager.apiVersion(), ""), now);
        }
        var fields = AppliedFields.of(config, type).without(ignored);
        var last = owners.fields(manager);
        var others = owners.with(manager, fields, Optional.empty());
        var merged = pruned(FieldMerge.merge(plain, without(config), type), last, others);
        var comparison = FieldComparison.of(plain, merged, type, ignored);
        refuse(owners.conflicts(manager, comparison.changed()), force);
        boolean same = comparison.isSame();
        var result = others.taken(manager, comparison.changed()).taken(manager, comparison.removed())
                .with(manager, fields, same ? Optional.empty() : Optional.of(now));
        return new Applied(result.folded().writtenTo(same ? plain : merged), !same);
    }

    /// The configuration without what this path may not change.
    private JsonObject without(JsonObject config) {
        return ignored.isEmpty() ? config : FieldMerge.remove(config, ignored, type);
    }

    private void check(JsonObject config) {
        var errors = AppliedFields.errors(config, type);
        if (errors.isEmpty()) return;
        var told = errors.size() == 1 ? errors.getFirst() : "errors:\n  " + String.join("\n  ", errors);
        throw new ApiException(ApiStatus.failure(Reason.UNKNOWN, "failed to create typed patch object (%s/%s; %s): %s".formatted(
                config.at("metadata", "namespace").text(""), config.at("metadata", "name").text(""), GroupVersionKind.of(config), told)));
    }

    /// Takes away what the manager applied before and does not any more, unless somebody else owns it.
    private JsonObject pruned(JsonObject merged, FieldSet last, FieldOwnership owners) {
        if (last.isEmpty()) return merged;
        var before = last.withNamedParents(type);
        var without = FieldMerge.remove(merged, before, type);
        var present = AppliedFields.of(merged, type).withNamedParents(type);
        var kept = AppliedFields.of(without, type).withNamedParents(type).union(owners.all().withNamedParents(type));
        var addedBack = FieldMerge.remove(merged, present.difference(kept), type);
        var left = AppliedFields.of(addedBack, type).withNamedParents(type);
        return FieldMerge.remove(merged, present.difference(left).intersection(before), type);
    }

    private static void refuse(List<OwnedFields> conflicts, boolean force) {
        if (force || conflicts.isEmpty()) return;
        var causes = new ArrayList<StatusCause>();
        var lines = new ArrayList<String>();
        for (var conflict : conflicts.stream().sorted(java.util.Comparator.comparing(c -> c.manager().shown())).toList()) {
            lines.add("conflicts with " + conflict.manager().shown() + ":");
            conflict.fields().forEach((path, _) -> {
                causes.add(new StatusCause("FieldManagerConflict", "conflict with " + conflict.manager().shown(), path));
                lines.add("- " + path);
            });
        }
        var message = causes.size() == 1 ? "Apply failed with 1 conflict: " + causes.getFirst().message() + ": " + causes.getFirst().field()
                : "Apply failed with " + causes.size() + " conflicts: " + String.join("\n", lines);
        throw new ApiException(ApiStatus.failure(Reason.CONFLICT, message, StatusDetails.EMPTY.withCauses(causes)));
    }
}
