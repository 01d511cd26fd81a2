package home.oikos.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// JSON patch (RFC 6902) with Kubernetes' habits: `replace` of a member that is missing adds it. All operations or none.
public final class JsonPatch {
    private record Operation(String op, List<String> path, List<String> from, Json value) { }

    private final List<Operation> operations;

    private JsonPatch(List<Operation> operations) {
        this.operations = List.copyOf(operations);
    }

    /// @throws DecodeException when this is not a list of operations
    /// @throws PatchException  when an operation or a path is malformed
    public static JsonPatch of(Json patch) {
        if (!(patch instanceof JsonArray list)) {
            throw new DecodeException("json: cannot unmarshal " + ObjectDecoder.found(patch)
                    + " into Go value of type []handlers.jsonPatchOp");
        }
        return new JsonPatch(list.stream().map(JsonPatch::operation).toList());
    }

    public int size() {
        return operations.size();
    }

    private static Operation operation(Json json) {
        var op = json.at("op").text("");
        boolean two = op.equals("move") || op.equals("copy");
        if (!json.object().has("value") && (op.equals("add") || op.equals("replace"))) throw new PatchException(op + " needs a value");
        return new Operation(op, pointer(json.at("path")), two ? pointer(json.at("from")) : List.of(), json.at("value"));
    }

    private static List<String> pointer(Json json) {
        var text = json.text().orElseThrow(() -> new PatchException("an operation needs a path"));
        if (text.isEmpty()) return List.of();
        if (text.charAt(0) != '/') throw new PatchException("path \"" + text + "\" does not begin with a slash");
        return Arrays.stream(text.substring(1).split("/", -1)).map(step -> step.replace("~1", "/").replace("~0", "~")).toList();
    }

    /// @throws PatchException when an operation fails
    public Json apply(Json document) {
        var result = document;
        for (var operation : operations) result = apply(operation, result);
        return result;
    }

    private static Json apply(Operation operation, Json document) {
        return switch (operation.op()) {
            case "add" -> add(document, operation.path(), operation.value());
            case "remove" -> remove(document, operation.path());
            case "replace" -> replace(document, operation.path(), operation.value());
            case "move" -> add(remove(document, operation.from()), operation.path(), get(document, operation.from()));
            case "copy" -> add(document, operation.path(), get(document, operation.from()));
            case "test" -> test(document, operation);
            default -> throw new PatchException("unexpected operation \"" + operation.op() + "\"");
        };
    }

    private static Json test(Json document, Operation operation) {
        var found = find(document, operation.path());
        if (found == null ? operation.value().isPresent() : !found.equals(operation.value())) {
            throw new PatchException("testing value /" + String.join("/", operation.path()) + " failed: found " + found);
        }
        return document;
    }

    private static Json get(Json document, List<String> path) {
        var found = find(document, path);
        if (found == null) throw missing(path);
        return found;
    }

    /// Null when there is nothing.
    private static Json find(Json document, List<String> path) {
        var at = document;
        for (var step : path) {
            at = switch (at) {
                case JsonObject object when object.has(step) -> object.at(step);
                case JsonArray array when index(step, array.size() - 1) >= 0 -> array.at(index(step, array.size() - 1));
                default -> null;
            };
            if (at == null) return null;
        }
        return at;
    }

    private interface Change {
        Json apply(Json parent, String step);
    }

    private static Json change(Json at, List<String> path, Change last) {
        var step = path.getFirst();
        if (path.size() == 1) return last.apply(at, step);
        var rest = path.subList(1, path.size());
        return switch (at) {
            case JsonObject object when object.has(step) -> object.with(step, change(object.at(step), rest, last));
            case JsonArray array when index(step, array.size() - 1) >= 0 -> {
                int index = index(step, array.size() - 1);
                yield array.with(index, change(array.at(index), rest, last));
            }
            default -> throw missing(path);
        };
    }

    private static Json add(Json document, List<String> path, Json value) {
        if (path.isEmpty()) return value;
        return change(document, path, (parent, step) -> switch (parent) {
            case JsonObject object -> object.with(step, value);
            case JsonArray array -> inserted(array, step.equals("-") ? array.size() : require(step, array.size()), value);
            default -> throw missing(path);
        });
    }

    private static JsonArray inserted(JsonArray array, int index, Json value) {
        var elements = new ArrayList<>(array.elements());
        elements.add(index, value);
        return new JsonArray(elements);
    }

    private static Json replace(Json document, List<String> path, Json value) {
        if (path.isEmpty()) return value;
        return change(document, path, (parent, step) -> switch (parent) {
            case JsonObject object -> object.with(step, value);
            case JsonArray array -> array.with(require(step, array.size() - 1), value);
            default -> throw missing(path);
        });
    }

    private static Json remove(Json document, List<String> path) {
        if (path.isEmpty()) return Json.NULL;
        return change(document, path, (parent, step) -> switch (parent) {
            case JsonObject object when object.has(step) -> object.without(step);
            case JsonArray array -> removed(array, require(step, array.size() - 1));
            default -> throw missing(path);
        });
    }

    private static JsonArray removed(JsonArray array, int index) {
        var elements = new ArrayList<>(array.elements());
        elements.remove(index);
        return new JsonArray(elements);
    }

    private static int require(String step, int max) {
        int index = index(step, max);
        if (index < 0) throw new PatchException("index " + step + " is out of bounds");
        return index;
    }

    /// The index, or -1 when the step is none up to the largest allowed.
    private static int index(String step, int max) {
        if (!step.matches("0|[1-9]\\d{0,8}")) return -1;
        int index = Integer.parseInt(step);
        return index <= max ? index : -1;
    }

    private static PatchException missing(List<String> path) {
        return new PatchException("there is nothing at /" + String.join("/", path));
    }
}
