package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;

/// Validation of Endpoints and EndpointSlices.
final class EndpointChecks {
    private static final int PORT_MAX = 65_535;
    private static final int ENDPOINTS_MAX = 1_000;
    private static final int ADDRESSES_MAX = 100;
    private static final int PORTS_MAX = 20_000;
    private static final List<String> TYPES = List.of("FQDN", "IPv4", "IPv6");

    private EndpointChecks() { }

    static void endpoints(JsonObject object, FieldErrors errors) {
        errors.forget("subsets");
        FieldErrors.each(object.at("subsets"), "subsets", (subset, at) -> {
            if (subset.at("addresses").array().isEmpty() && subset.at("notReadyAddresses").array().isEmpty()) {
                errors.add(FieldError.required(at, "must specify `addresses` or `notReadyAddresses`"));
            }
            for (var list : List.of("addresses", "notReadyAddresses")) {
                FieldErrors.each(subset.at(list), at + "." + list, (address, where) -> address(address, where, errors));
            }
            var named = subset.at("ports").array().size() > 1;
            FieldErrors.each(subset.at("ports"), at + ".ports", (port, where) -> port(port, named, where, errors));
        });
    }

    private static void address(Json address, String path, FieldErrors errors) {
        reachable(address.at("ip").text(""), path + ".ip", errors);
        var host = address.at("hostname").text("");
        if (!host.isEmpty()) errors.invalid(path + ".hostname", host, NameSyntax.labelError(host));
        var node = address.at("nodeName");
        if (node.isPresent()) errors.invalid(path + ".nodeName", node, NameSyntax.subdomainError(node.text("")));
    }

    /// Traffic must not be sent to where only this machine is.
    private static void reachable(String text, String path, FieldErrors errors) {
        if (!NameSyntax.isAddress(text)) {
            errors.invalid(path, text, AddressSyntax.ADDRESS);
            return;
        }
        var address = InetAddress.ofLiteral(text);
        if (address.isAnyLocalAddress()) errors.invalid(path, text, "may not be unspecified (0.0.0.0 or ::)");
        if (address.isLoopbackAddress()) errors.invalid(path, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        if (address.isLinkLocalAddress()) errors.invalid(path, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        if (address.isMCLinkLocal() || text.startsWith("224.0.0.")) {
            errors.invalid(path, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    private static void port(Json port, boolean named, String path, FieldErrors errors) {
        var name = port.at("name").text("");
        if (named && name.isEmpty()) errors.add(FieldError.required(path + ".name"));
        else if (!name.isEmpty()) errors.invalid(path + ".name", name, NameSyntax.labelError(name));
        number(port, path, errors);
    }

    private static void number(Json port, String path, FieldErrors errors) {
        errors.invalid(path + ".port", port.at("port"), FieldErrors.range(port.at("port").integer(0L), 1, PORT_MAX));
        errors.supported(port.at("protocol"), path + ".protocol", "SCTP", "TCP", "UDP");
        var application = port.at("appProtocol");
        if (application.isPresent()) errors.invalid(path + ".appProtocol", application, LabelSyntax.keyError(application.text("")));
    }

    static void slice(JsonObject object, FieldErrors errors) {
        errors.forget("endpoints");
        errors.forget("ports");
        var type = object.at("addressType").text("");
        errors.forget("addressType");
        if (type.isEmpty()) errors.add(FieldError.required("addressType"));
        else if (!TYPES.contains(type)) errors.add(FieldError.notSupported("addressType", type, TYPES));
        var endpoints = object.at("endpoints");
        if (endpoints.array().size() > ENDPOINTS_MAX) {
            errors.add(FieldError.tooMany("endpoints", endpoints.array().size(), ENDPOINTS_MAX));
        } else FieldErrors.each(endpoints, "endpoints", (endpoint, at) -> endpoint(endpoint, type, at, errors));
        slicePorts(object.at("ports"), errors);
    }

    private static void endpoint(Json endpoint, String type, String path, FieldErrors errors) {
        var addresses = endpoint.at("addresses");
        if (addresses.array().isEmpty()) {
            errors.add(FieldError.required(path + ".addresses", "must contain at least 1 address"));
        } else if (addresses.array().size() > ADDRESSES_MAX) {
            errors.add(FieldError.tooMany(path + ".addresses", addresses.array().size(), ADDRESSES_MAX));
        } else FieldErrors.each(addresses, path + ".addresses", (address, at) -> sliceAddress(address.text(""), type, at, errors));
        var host = endpoint.at("hostname");
        if (host.isPresent()) errors.invalid(path + ".hostname", host, NameSyntax.labelError(host.text("")));
        var node = endpoint.at("nodeName");
        if (node.isPresent()) errors.invalid(path + ".nodeName", node, NameSyntax.subdomainError(node.text("")));
    }

    private static void sliceAddress(String address, String type, String path, FieldErrors errors) {
        if (type.equals("FQDN")) errors.invalid(path, address, NameSyntax.subdomainError(address));
        if (!type.startsWith("IPv")) return;
        var six = type.equals("IPv6");
        if (!NameSyntax.isAddress(address) || address.indexOf(':') >= 0 != six) {
            errors.invalid(path, address, "must be a valid " + type + " address");
        } else reachable(address, path, errors);
    }

    private static void slicePorts(Json ports, FieldErrors errors) {
        if (ports.array().size() > PORTS_MAX) {
            errors.add(FieldError.tooMany("ports", ports.array().size(), PORTS_MAX));
            return;
        }
        var names = new HashSet<String>();
        FieldErrors.each(ports, "ports", (port, at) -> {
            var name = port.at("name").text("");
            if (!name.isEmpty()) errors.invalid(at + ".name", name, NameSyntax.labelError(name));
            if (!names.add(name)) errors.add(FieldError.duplicate(at + ".name", name));
            if (port.at("port").isPresent()) number(port, at, errors);
        });
    }
}
