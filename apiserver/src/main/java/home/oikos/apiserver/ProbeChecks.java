package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonString;
import java.util.List;

/// Validation of how a container is asked whether it lives.
final class ProbeChecks {
    private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> NUMBERS = List.of("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold",
            "failureThreshold");
    private static final int PORT_MAX = 65_535;

    private ProbeChecks() { }

    static void check(Json container, String path, FieldErrors errors) {
        for (var name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            var probe = container.at(name);
            if (probe.isPresent()) probe(probe, path + "." + name, !name.equals("readinessProbe"), errors);
        }
    }

    private static void probe(Json probe, String path, boolean oneSuccess, FieldErrors errors) {
        handlers(probe, path, errors);
        for (var number : NUMBERS) errors.notNegative(probe.at(number), path + "." + number);
        if (oneSuccess && probe.at("successThreshold").integer(1L) != 1) {
            errors.invalid(path + ".successThreshold", probe.at("successThreshold"), "must be 1");
        }
        errors.tell(path);
    }

    private static void handlers(Json probe, String path, FieldErrors errors) {
        var given = HANDLERS.stream().filter(h -> probe.at(h).isPresent()).toList();
        if (given.isEmpty()) {
            errors.add(FieldError.required(path, "must specify a handler type"));
            return;
        }
        for (var more : given.subList(1, given.size())) {
            errors.add(FieldError.forbidden(path + "." + more, "may not specify more than 1 handler type"));
        }
        var handler = given.getFirst();
        if (!handler.equals("exec")) port(probe.at(handler, "port"), path + "." + handler + ".port", errors);
        errors.tell(path + "." + handler);
    }

    private static void port(Json port, String path, FieldErrors errors) {
        if (port instanceof JsonString(var name)) errors.invalid(path, name, NameSyntax.portNameError(name));
        else errors.invalid(path, port, FieldErrors.range(port.integer(0L), 1, PORT_MAX));
    }
}
