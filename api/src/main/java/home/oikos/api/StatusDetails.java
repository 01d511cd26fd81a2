package home.oikos.api;

import java.util.List;

/// What a Status is about. Empty strings and 0 where it does not tell.
public record StatusDetails(String name, String group, String kind, String uid, List<StatusCause> causes, int retryAfterSeconds) {
    public static final StatusDetails EMPTY = new StatusDetails("", "", "", "", List.of(), 0);

    public StatusDetails {
        causes = List.copyOf(causes);
    }

    public static StatusDetails of(String name, String group, String kind) {
        return new StatusDetails(name, group, kind, "", List.of(), 0);
    }

    public StatusDetails withCauses(List<StatusCause> causes) {
        return new StatusDetails(name, group, kind, uid, causes, retryAfterSeconds);
    }

    public StatusDetails withUid(String uid) {
        return new StatusDetails(name, group, kind, uid, causes, retryAfterSeconds);
    }

    public StatusDetails withRetryAfter(int seconds) {
        return new StatusDetails(name, group, kind, uid, causes, seconds);
    }

    Json toJson() {
        return JsonObject.of("name", ApiStatus.present(name), "group", ApiStatus.present(group), "kind", ApiStatus.present(kind),
                "uid", ApiStatus.present(uid), "causes", causes.isEmpty() ? null : causes.stream().map(StatusCause::toJson).toList(),
                "retryAfterSeconds", retryAfterSeconds == 0 ? null : retryAfterSeconds);
    }

    static StatusDetails of(Json json) {
        return new StatusDetails(json.at("name").text(""), json.at("group").text(""), json.at("kind").text(""), json.at("uid").text(""),
                json.at("causes").array().stream().map(StatusCause::of).toList(), json.at("retryAfterSeconds").integer(0));
    }
}
