package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.client.ApiClient;
import home.oikos.client.Call;
import home.oikos.client.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The kinds a server offers, as its discovery says, found by any of their names: `devices`, `device`, `dev`, `Device`,
/// `devices.oikos.home`, or a category such as `home`.
final class Kind {
    private static final String DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private record Known(Resource resource, List<String> names, List<String> categories) { }

    private final List<Known> known = new ArrayList<>();

    static Kind of(ApiClient client) {
        var kinds = new Kind();
        for (var root : List.of("/api", "/apis")) {
            var answer = client.exchange(Call.of("GET", root).header("Accept", DISCOVERY));
            if (!answer.isSuccess()) throw new Refusal("the API does not say what it offers: " + answer.status());
            Json.parse(answer.body()).at("items").array().forEach(kinds::group);
        }
        return kinds;
    }

    private void group(Json group) {
        var name = group.at("metadata", "name").text("");
        for (var version : group.at("versions").array()) {
            var apiVersion = (name.isEmpty() ? "" : name + "/") + version.at("version").text("");
            version.at("resources").array().forEach(resource -> add(apiVersion, name, resource));
        }
    }

    private void add(String apiVersion, String group, Json found) {
        var plural = found.at("resource").text("");
        var kind = found.at("responseKind", "kind").text("");
        var names = new ArrayList<>(List.of(plural, plural + "." + group, kind.toLowerCase(Locale.ROOT), found.at("singularResource").text("")));
        found.at("shortNames").array().forEach(name -> names.add(name.text("")));
        var categories = found.at("categories").array().stream().map(category -> category.text("")).toList();
        known.add(new Known(Resource.of(apiVersion, plural, kind, found.at("scope").text("").equals("Namespaced")), names, categories));
    }

    /// @throws Refusal when no kind has that name
    Resource named(String name) {
        var wanted = name.toLowerCase(Locale.ROOT);
        return known.stream().filter(kind -> kind.names().contains(wanted)).map(Known::resource).findFirst()
                .orElseThrow(() -> new Refusal("there is no kind called " + name + " here; ./oikos get kinds lists them"));
    }

    /// The kind of a manifest.
    Optional<Resource> of(String apiVersion, String kind) {
        return known.stream().map(Known::resource).filter(found -> found.apiVersion().equals(apiVersion) && found.kind().equals(kind)).findFirst();
    }

    List<Resource> inCategory(String category) {
        return known.stream().filter(kind -> kind.categories().contains(category)).map(Known::resource).toList();
    }

    List<Resource> all() {
        return known.stream().map(Known::resource).toList();
    }
}
