package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import java.util.Base64;

/// Where the next page of a list begins, and of which revision.
/// @param revision 0 for whatever is newest: the client accepts that pages do not fit together
/// @param start the key, below the resource's prefix, after which the page begins
record ContinueToken(long revision, String start) {
    private static final String VERSION = "meta.k8s.io/v1";

    String encode() {
        var json = JsonObject.of("v", VERSION, "rv", revision, "start", start);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.bytes());
    }

    static ContinueToken decode(String text) {
        try {
            var json = Json.parse(Base64.getUrlDecoder().decode(text));
            var start = json.at("start").text("");
            if (!json.at("v").text("").equals(VERSION) || start.isEmpty()
                    || start.contains("..")) throw invalid("incorrect encoded start resourceVersion");
            return new ContinueToken(json.at("rv").integer(0L), start);
        } catch (IllegalArgumentException | JsonException e) {
            throw invalid(e.getMessage());
        }
    }

    private static ApiException invalid(String why) {
        return new ApiException(Reason.BAD_REQUEST, "invalid continue token: continue key is not valid: %s", why);
    }
}
