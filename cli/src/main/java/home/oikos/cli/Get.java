package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.api.Yaml;
import home.oikos.client.Call;
import home.oikos.client.Resource;
import home.oikos.client.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `get devices`, `get deployments -n media`, `get device kitchen-light -o yaml`.
@Command(name = "get", description = "shows things of a kind, or one of them")
final class Get implements Callable<Integer> {
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "KIND")
    private String kind;
    @Parameters(index = "1..*", paramLabel = "NAME")
    private List<String> names = List.of();
    @Option(names = {"-n", "--namespace"}, description = "one namespace only")
    private String namespace = "";
    @Option(names = {"-o", "--output"}, description = "yaml, json or wide")
    private String output = "";
    @Option(names = {"-l", "--selector"}, description = "a label selector")
    private String selector = "";

    Get(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() {
        var kinds = Kind.of(home.client());
        if (kind.equals("kinds")) return kinds(kinds);
        var resources = kinds.inCategory(kind.toLowerCase(Locale.ROOT));
        if (resources.isEmpty()) return show(kinds.named(kind));
        for (var resource : resources) show(resource);
        return 0;
    }

    private int kinds(Kind kinds) {
        var rows = new Rows("KIND", "NAME", "GROUP");
        for (var resource : kinds.all()) rows.add(resource.kind(), resource.plural(), resource.apiVersion());
        rows.print(screen.out());
        return 0;
    }

    private int show(Resource resource) {
        switch (output) {
            case "yaml" -> objects(resource).forEach(object -> screen.out().print("---\n" + Yaml.write(object)));
            case "json" -> objects(resource).forEach(screen.out()::println);
            case "", "wide" -> table(resource);
            default -> throw Refusal.usage("-o takes yaml, json or wide, not " + output);
        }
        return 0;
    }

    private List<Json> objects(Resource resource) {
        if (names.isEmpty()) return home.client().list(resource, namespace, Selection.labels(selector));
        var found = new ArrayList<Json>();
        for (var name : names) found.add(one(resource, name));
        return found;
    }

    private Json one(Resource resource, String name) {
        if (!resource.namespaced()) return home.client().get(resource, new ObjectKey("", name));
        return Located.find(home.client(), resource, name, namespace);
    }

    private void table(Resource resource) {
        if (resource.plural().equals("devices") && output.isEmpty()) {
            var rows = Devices.rows(objects(resource), home.clock().instant());
            if (rows.isEmpty()) screen.out().println("There are no devices yet. ./oikos device add NAME --model MODEL makes one.");
            else rows.print(screen.out());
            return;
        }
        names(resource).forEach(path -> table(resource, path));
    }

    private List<String> names(Resource resource) {
        var query = selector.isEmpty() ? "" : "?labelSelector=" + java.net.URLEncoder.encode(selector, java.nio.charset.StandardCharsets.UTF_8);
        if (names.isEmpty()) return List.of(resource.path(namespace) + query);
        return names.stream().map(name -> resource.path(ObjectKey.of(one(resource, name)))).toList();
    }

    private void table(Resource resource, String path) {
        var answer = home.client().exchange(Call.of("GET", path).header("Accept", TABLE));
        if (!answer.isSuccess()) throw Refusals.of(answer);
        var table = Json.parse(answer.body());
        var shown = new ArrayList<Integer>();
        var headings = new ArrayList<String>();
        boolean everywhere = resource.namespaced() && namespace.isEmpty();
        if (everywhere) headings.add("NAMESPACE");
        var columns = table.at("columnDefinitions").array();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.at(i).at("priority").integer(0) > 0 && output.isEmpty()) continue;
            shown.add(i);
            headings.add(columns.at(i).at("name").text("").toUpperCase(Locale.ROOT));
        }
        var rows = new Rows(headings);
        for (var row : table.at("rows").array()) rows.add(cells(row, shown, everywhere));
        if (rows.isEmpty()) screen.out().println("There are no " + resource.plural() + (namespace.isEmpty() ? "." : " in " + namespace + "."));
        else rows.print(screen.out());
    }

    private static List<String> cells(Json row, List<Integer> shown, boolean everywhere) {
        var cells = new ArrayList<String>();
        if (everywhere) cells.add(row.at("object", "metadata", "namespace").text(""));
        for (int i : shown) {
            var cell = row.at("cells").at(i);
            cells.add(cell.text().orElse(cell.isNull() ? "-" : cell.toString()));
        }
        return cells;
    }
}
