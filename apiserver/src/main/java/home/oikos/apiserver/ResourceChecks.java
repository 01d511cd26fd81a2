package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Validation of how much of a node a container asks for and may have.
final class ResourceChecks {
    private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");
    private static final List<String> LISTS = List.of("limits", "requests");

    private ResourceChecks() { }

    static void check(Json resources, String path, FieldErrors errors) {
        for (var list : LISTS) {
            resources.at(list).object().members().forEach((name, amount) -> {
                var at = path + "." + list + "[" + name + "]";
                name(name, at, errors);
                Quantity.of(amount).ifPresent(q -> amount(name, q, at, errors));
                if (list.equals("requests")) withinLimit(name, amount, resources.at("limits", name), path + ".requests", errors);
            });
        }
        errors.tell(path);
    }

    private static void name(String name, String path, FieldErrors errors) {
        if (name.indexOf('/') >= 0) errors.invalid(path, name, LabelSyntax.keyError(name));
        else if (!STANDARD.contains(name) && !name.startsWith("hugepages-")) {
            errors.invalid(path, name, "must be a standard resource type or fully qualified");
            errors.invalid(path, name, "must be a standard resource for containers");
        }
    }

    private static void amount(String name, Quantity amount, String path, FieldErrors errors) {
        if (amount.compareTo(Quantity.ZERO) < 0) errors.invalid(path, amount.toString(), "must be greater than or equal to 0");
        // Nobody can hand out half a device.
        else if (name.indexOf('/') >= 0 && amount.amount().stripTrailingZeros().scale() > 0) {
            errors.invalid(path, amount.toString(), "must be an integer");
        }
    }

    private static void withinLimit(String name, Json request, Json limit, String path, FieldErrors errors) {
        Optional<Quantity> most = Quantity.of(limit);
        var asked = Quantity.of(request);
        if (asked.isEmpty() || most.isEmpty()) return;
        if (STANDARD.contains(name) && asked.get().compareTo(most.get()) > 0) {
            errors.invalid(path, asked.get().toString(), "must be less than or equal to " + name + " limit of " + most.get());
        } else if (!STANDARD.contains(name) && !asked.equals(most)) {
            errors.invalid(path, asked.get().toString(), "must be equal to " + name + " limit of " + most.get());
        }
    }
}
