package home.oikos.api;

/// One of the things that were wrong; empty strings where a cause does not tell.
/// @param field the path of the member, e.g. `spec.ports[0].port`
public record StatusCause(String reason, String message, String field) {
    Json toJson() {
        return JsonObject.of("reason", ApiStatus.present(reason), "message", ApiStatus.present(message), "field", ApiStatus.present(field));
    }

    static StatusCause of(Json json) {
        return new StatusCause(json.at("reason").text(""), json.at("message").text(""), json.at("field").text(""));
    }
}
