package home.oikos.apiserver;

import home.oikos.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A pod, or what a template will make one, as the Pod Security Standards look at it.
record StandardPod(Json metadata, Json spec) {
    List<Json> containers() {
        var all = new ArrayList<Json>();
        for (var list : List.of("initContainers", "containers", "ephemeralContainers")) spec.at(list).array().forEach(all::add);
        return all;
    }

    boolean isWindows() {
        return spec.at("os", "name").text("").equals("windows");
    }

    /// Whether its users are strangers to the machine, so that root inside is nobody outside.
    boolean hasOwnUsers() {
        return spec.at("hostUsers").isPresent() && !spec.at("hostUsers").bool(true);
    }

    Json security() {
        return spec.at("securityContext");
    }

    List<Json> containers(Predicate<Json> security) {
        return containers().stream().filter(c -> security.test(c.at("securityContext"))).toList();
    }

    /// `container "a"`, `containers "a", "b"`.
    static String named(String what, List<Json> found) {
        return what + (found.size() == 1 ? " " : "s ") + quoted(found.stream().map(f -> f.at("name").text("")));
    }

    static String quoted(Stream<String> texts) {
        return texts.map(t -> '"' + t + '"').collect(Collectors.joining(", "));
    }

    /// `pod`, `container "a"`, or both joined by `and`; empty for neither.
    String culprits(Predicate<Json> security) {
        var containers = containers(security);
        var parts = new ArrayList<String>();
        if (security.test(security())) parts.add("pod");
        if (!containers.isEmpty()) parts.add(named("container", containers));
        return String.join(" and ", parts);
    }

    /// The distinct values that the pod and its containers set and that are not allowed, quoted and in order.
    String values(Function<Json, Stream<String>> forbidden) {
        var all = Stream.concat(Stream.of(security()), containers().stream().map(c -> c.at("securityContext")));
        return quoted(all.flatMap(forbidden).distinct().sorted());
    }
}
