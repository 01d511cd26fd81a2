package home.oikos.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/// An answer as a test sees it, whatever carried it.
record Answer(int status, Function<String, Optional<String>> header, InputStream body) {
    String text() throws IOException {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    BufferedReader lines() {
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }
}
