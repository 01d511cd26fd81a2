package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.regex.Pattern;

/// Validation of Ingresses and their classes.
final class IngressChecks {
    private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";
    private static final List<String> WITHIN = List.of("//", "/./", "/../", "%2f", "%2F");
    private static final List<String> AT_END = List.of("/..", "/.");
    private static final int PORT_MAX = 65_535;
    private static final String WILDCARD = "\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
    private static final Pattern WILDCARD_PATTERN = Pattern.compile(WILDCARD);

    private IngressChecks() { }

    static void check(JsonObject object, FieldErrors errors) {
        spec(object.at("spec"), errors);
        var annotation = object.at("metadata", "annotations", CLASS_ANNOTATION);
        var name = object.at("spec", "ingressClassName");
        if (annotation.isPresent() && name.isPresent() && !annotation.equals(name)) {
            errors.invalid("annotations." + CLASS_ANNOTATION, annotation, "must match `ingressClassName` when both are specified");
        }
    }

    static void spec(Json spec, FieldErrors errors) {
        if (spec.at("rules").array().isEmpty() && spec.at("defaultBackend").isNull()) {
            errors.invalid("spec", Json.NULL, "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.at("defaultBackend").isPresent()) backend(spec.at("defaultBackend"), "spec.defaultBackend", errors);
        FieldErrors.each(spec.at("rules"), "spec.rules", (rule, at) -> rule(rule, at, errors));
        FieldErrors.each(spec.at("tls"), "spec.tls", (tls, at) -> {
            for (var host : tls.at("hosts").array()) errors.invalid(at + ".hosts", host, hostError(host.text("")));
            var secret = tls.at("secretName").text("");
            if (!secret.isEmpty()) errors.invalid(at + ".secretName", secret, NameSyntax.subdomainError(secret));
        });
        var name = spec.at("ingressClassName");
        if (name.isPresent()) errors.invalid("spec.ingressClassName", name, NameSyntax.subdomainError(name.text("")));
    }

    private static String hostError(String host) {
        if (host.indexOf('*') < 0) return NameSyntax.subdomainError(host);
        return WILDCARD_PATTERN.matcher(host).matches() ? null : "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid "
                + "DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric "
                + "character (e.g. '*.example.com', regex used for validation is '" + WILDCARD + "')";
    }

    private static void rule(Json rule, String path, FieldErrors errors) {
        var host = rule.at("host").text("");
        if (NameSyntax.isAddress(host)) errors.invalid(path + ".host", host, "must be a DNS name, not an IP address");
        if (!host.isEmpty()) errors.invalid(path + ".host", host, hostError(host));
        if (rule.at("http").isNull()) return;
        var paths = rule.at("http", "paths");
        if (paths.array().isEmpty()) errors.add(FieldError.required(path + ".http.paths"));
        errors.forget(path + ".http");
        FieldErrors.each(paths, path + ".http.paths", (each, at) -> path(each, at, errors));
    }

    private static void path(Json given, String path, FieldErrors errors) {
        var type = given.at("pathType");
        var text = given.at("path").text("");
        switch (type.text("")) {
            case "Exact", "Prefix" -> {
                if (!text.startsWith("/")) errors.invalid(path + ".path", text, "must be an absolute path");
                for (var part : WITHIN) if (text.contains(part)) errors.invalid(path + ".path", text, "must not contain '" + part + "'");
                for (var end : AT_END) if (text.endsWith(end)) errors.invalid(path + ".path", text, "cannot end with '" + end + "'");
            }
            case "ImplementationSpecific" -> {
                if (!text.isEmpty() && !text.startsWith("/")) errors.invalid(path + ".path", text, "must be an absolute path");
            }
            case "" -> {
                errors.add(FieldError.required(path + ".pathType", "pathType must be specified"));
                return;
            }
            default -> errors.add(FieldError.notSupported(path + ".pathType", type, List.of("Exact", "ImplementationSpecific", "Prefix")));
        }
        backend(given.at("backend"), path + ".backend", errors);
    }

    private static void backend(Json backend, String path, FieldErrors errors) {
        errors.forget(path);
        var service = backend.at("service");
        var resource = backend.at("resource");
        if (resource.isPresent() && service.isPresent()) errors.invalid(path, "", "cannot set both resource and service backends");
        else if (resource.isPresent()) reference(resource, path + ".resource", errors);
        else if (service.isPresent()) service(service, path, errors);
        else errors.invalid(path, "", "resource or service backend is required");
    }

    private static void service(Json service, String path, FieldErrors errors) {
        var name = service.at("name").text("");
        if (name.isEmpty()) errors.add(FieldError.required(path + ".service.name"));
        else errors.invalid(path + ".service.name", name, NameSyntax.labelError(name));
        var portName = service.at("port", "name").text("");
        long number = service.at("port", "number").integer(0L);
        var port = path + ".service.port";
        if (!portName.isEmpty() && number != 0) errors.invalid(path, "", "cannot set both port name & port number");
        else if (!portName.isEmpty()) errors.invalid(port + ".name", portName, NameSyntax.portNameError(portName));
        else if (number != 0) errors.invalid(port + ".number", number, FieldErrors.range(number, 1, PORT_MAX));
        else errors.add(FieldError.required(path, "port name or number is required"));
    }

    private static void reference(Json reference, String path, FieldErrors errors) {
        errors.forget(path);
        var group = reference.at("apiGroup");
        if (group.isPresent()) errors.invalid(path + ".apiGroup", group, NameSyntax.subdomainError(group.text("")));
        for (var field : List.of("kind", "name")) {
            var text = reference.at(field).text("");
            if (text.isEmpty()) errors.add(FieldError.required(path + "." + field, field + " is required"));
            else errors.invalid(path + "." + field, text, NameSyntax.pathSegmentError(text));
        }
    }

    static void status(Json status, FieldErrors errors) {
        FieldErrors.each(status.at("loadBalancer", "ingress"), "status.loadBalancer.ingress", (point, at) -> {
            var address = point.at("ip").text("");
            if (!address.isEmpty() && !NameSyntax.isAddress(address)) errors.invalid(at + ".ip", address, AddressSyntax.ADDRESS);
            var host = point.at("hostname").text("");
            if (!host.isEmpty()) errors.invalid(at + ".hostname", host, NameSyntax.isAddress(host) ? "must be a DNS name, not an IP address"
                    : NameSyntax.subdomainError(host));
        });
    }

    static void ingressClass(Json spec, FieldErrors errors) {
        AddressSyntax.domainPath(spec.at("controller").text(""), "spec.controller", errors);
        var parameters = spec.at("parameters");
        if (parameters.isNull()) return;
        reference(parameters, "spec.parameters", errors);
        errors.supported(parameters.at("scope"), "spec.parameters.scope", "Cluster", "Namespace");
        var namespace = parameters.at("namespace");
        var scope = parameters.at("scope").text("");
        if (scope.equals("Namespace")) {
            if (namespace.text("").isEmpty()) errors.add(FieldError.required("spec.parameters.namespace",
                    "`parameters.scope` is set to 'Namespace'"));
            else errors.invalid("spec.parameters.namespace", namespace, NameSyntax.labelError(namespace.text("")));
        } else if (scope.equals("Cluster") && namespace.isPresent()) {
            errors.add(FieldError.forbidden("spec.parameters.namespace", "`parameters.scope` is set to 'Cluster'"));
        }
    }
}
