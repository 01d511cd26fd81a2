package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import home.oikos.http.Request;
import java.util.List;

/// How much of each object a Table's rows carry.
final class IncludeObject {
    private static final List<String> KNOWN = List.of("", "None", "Metadata", "Object");

    private IncludeObject() { }

    static String read(Request request, Accepted accepted) {
        var text = request.parameter("includeObject").orElse("");
        if (accepted.shape() != Accepted.Shape.TABLE || KNOWN.contains(text)) return text;
        throw new ApiException(Reason.BAD_REQUEST, "Unable to convert to Table as requested: includeObject: Invalid value: \"%s\":"
                + " must be 'Metadata', 'Object', 'None', or empty", text);
    }
}
