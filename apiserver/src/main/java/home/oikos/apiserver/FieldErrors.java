package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Collects what is wrong with one part of an object in the order in which upstream tells it: what its schema said already is told
/// where the check comes to that member. One validation has one, on one thread.
final class FieldErrors {
    private final List<FieldError> untold = new ArrayList<>();
    private final List<FieldError> told;

    /// @param errors what is known already; what lies within the path is taken out of it until told
    FieldErrors(List<FieldError> errors, String path) {
        this.told = errors;
        errors.removeIf(e -> within(e, path) && untold.add(e));
    }

    /// @param errors what is known already; all of it is taken out until told
    FieldErrors(List<FieldError> errors) {
        this.told = errors;
        untold.addAll(errors);
        errors.clear();
    }

    /// The errors of a part that has checks of its own, which end with telling the rest of it.
    FieldErrors part(String path) {
        var part = new FieldErrors(told, untold, path);
        untold.removeAll(part.untold);
        return part;
    }

    private FieldErrors(List<FieldError> told, List<FieldError> untold, String path) {
        this.told = told;
        for (var error : untold) if (within(error, path)) this.untold.add(error);
    }

    private static boolean within(FieldError error, String path) {
        var field = error.field();
        return field.startsWith(path) && (field.length() == path.length() || ".[".indexOf(field.charAt(path.length())) >= 0);
    }

    void add(FieldError error) {
        told.add(error);
    }

    /// Refuses a value, when there is something wrong with it.
    /// @param wrong what is wrong, or null
    void invalid(String path, Object value, String wrong) {
        if (wrong != null) told.add(FieldError.invalid(path, value, wrong));
    }

    /// Refuses a value that differs from what was.
    /// @param path names, with dots between them
    void immutable(String path, JsonObject object, JsonObject old) {
        var names = path.split("\\.");
        Json value = object;
        Json before = old;
        for (var name : names) {
            value = value.at(name);
            before = before.at(name);
        }
        if (!value.equals(before)) told.add(FieldError.invalid(path, value, "field is immutable"));
    }

    /// Refuses labels that are none.
    void labels(Json labels, String path) {
        MetadataRules.labels(labels.object(), path, told);
    }

    /// Tells what the schema said of a member and of all within it.
    void tell(String path) {
        untold.removeIf(e -> within(e, path) && told.add(e));
    }

    /// Tells an unsupported value with the supported ones in the order in which upstream tells them, which is not always the alphabet's.
    void supported(Json value, String path, String... supported) {
        untold.removeIf(e -> e.field().equals(path));
        if (value.isPresent() && !List.of(supported).contains(value.text(""))) {
            told.add(FieldError.notSupported(path, value, List.of(supported)));
        }
    }

    /// Drops what the schema said of a member, because the check says it in other words.
    void forget(String path) {
        untold.removeIf(e -> within(e, path));
    }

    /// Tells the rest, of which nobody knows a better place.
    void tellAll() {
        told.addAll(untold);
        untold.clear();
    }

    /// Calls a check for each item of a list, with the item's path.
    static void each(Json list, String path, BiConsumer<Json, String> check) {
        int index = 0;
        for (var item : list.array()) check.accept(item, path + "[" + index++ + "]");
    }

    /// What is wrong with a number, or null.
    static String range(long value, long least, long most) {
        return value >= least && value <= most ? null : "must be between " + least + " and " + most + ", inclusive";
    }

    void notNegative(Json number, String path) {
        if (number.integer(0L) < 0) told.add(FieldError.invalid(path, number, "must be greater than or equal to 0"));
    }
}
