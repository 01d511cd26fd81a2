package home.oikos.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangedContentTest {
    private static final byte[] BYTES = "0123456789".getBytes(StandardCharsets.UTF_8);

    private final LocalExchange exchange = new LocalExchange(new RangedContent("x/y", "tag", 10,
            offset -> new ByteArrayInputStream(BYTES, (int) offset, BYTES.length))::answer);

    /// Status, Content-Range and what was read.
    private String ask(String... headers) throws IOException {
        var request = LocalRequest.of("GET", "/");
        for (int i = 0; i < headers.length; i += 2) request.with(headers[i], headers[i + 1]);
        return switch (exchange.call(request)) {
            case LocalAnswer.Streamed(var status, var told, var body) ->
                    "%d %s %s".formatted(status, told.getOrDefault("Content-Range", List.of("-")).getFirst(), new String(body.readAllBytes(),
                            StandardCharsets.UTF_8));
            case LocalAnswer answer -> "%d %s".formatted(answer.status(), answer.headers().getOrDefault("Content-Range", List.of("-")).getFirst());
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"bytes=0-0|206 bytes 0-0/10 0", "bytes=3-5|206 bytes 3-5/10 345", "bytes=7-|206 bytes 7-9/10 789",
        "bytes=-2|206 bytes 8-9/10 89", "bytes=-20|206 bytes 0-9/10 0123456789", "bytes=8-999999999999999999|206 bytes 8-9/10 89",
        "bytes=10-|416 bytes */10", "bytes=-0|416 bytes */10", "bytes=5-3|200 - 0123456789", "bytes=0-1,3-4|200 - 0123456789", "bytes=-|200 - 0123456789",
        "lines=1-2|200 - 0123456789", "bytes=0-99999999999999999999|200 - 0123456789"})
    void aRangeIsAnsweredAsFarAsItMakesSense(String asked, String answer) throws IOException {
        assertEquals(answer, ask("Range", asked));
    }

    @Test
    void whoHasItAlreadyIsToldSo() throws IOException {
        assertEquals("304 -", ask("If-None-Match", "\"other\", \"tag\""));
        assertEquals("200 - 0123456789", ask("If-None-Match", "\"other\""));
    }

    @Test
    void aDownloadOfSomethingElseBeginsAnew() throws IOException {
        assertEquals("206 bytes 3-9/10 3456789", ask("Range", "bytes=3-", "If-Range", "\"tag\""));
        assertEquals("200 - 0123456789", ask("Range", "bytes=3-", "If-Range", "\"other\""));
    }
}
