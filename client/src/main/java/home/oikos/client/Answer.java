package home.oikos.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A whole answer. Header names are lower case; the body is not copied.
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(List::getFirst);
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
