package home.oikos.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalExchange;
import home.oikos.http.LocalRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentApiTest {
    private static final byte[] FOO = "foo".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;
    private ContentApi api;

    @BeforeEach void open() throws IOException {
        var firmware = TestKey.unsigned("2.1.0");
        api = new ContentApi(ContentStore.open(folder, 1_000, Clock.systemUTC()), key -> Optional.of(firmware).filter(known -> known.key().equals(key)));
    }

    private LocalAnswer ask(LocalRequest request, String name) throws IOException {
        request.attribute(ObjectKey.class, new ObjectKey("home", name));
        var refusal = new AtomicReference<ApiException>();
        var answer = new LocalExchange((asked, response) -> {
            try {
                api.handle(asked, response);
            } catch (ApiException refused) {
                refusal.set(refused);
                response.send(refused.code(), "", new byte[0]);
            }
        }).call(request);
        if (refusal.get() != null) throw refusal.get();
        return answer;
    }

    private LocalAnswer put(byte[] body) throws IOException {
        return ask(LocalRequest.of("PUT", "/").withBody(body), "dishwasher-2-1-0");
    }

    private static String refusal(org.junit.jupiter.api.function.Executable wrong) {
        var refused = assertThrows(ApiException.class, wrong);
        return refused.code() + " " + refused.getMessage();
    }

    @Test void bytesGoInAndComeOutInParts() throws Exception {
        var stored = assertInstanceOf(LocalAnswer.Whole.class, put(FOO));
        assertEquals(TestKey.DIGEST, Json.parse(stored.body()).at("sha256").text(""));
        var part = assertInstanceOf(LocalAnswer.Streamed.class, ask(LocalRequest.of("GET", "/").with("Range", "bytes=1-"), "dishwasher-2-1-0"));
        assertEquals(206, part.status());
        assertEquals("oo", new String(part.body().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test void whatIsNotThereIsNamed() {
        assertEquals("404 firmwares.oikos.home \"other\" not found", refusal(() -> ask(LocalRequest.of("PUT", "/").withBody(FOO), "other")));
        assertEquals("404 the bytes of firmware dishwasher-2-1-0 are not here; ./oikos firmware push brings them",
                refusal(() -> ask(LocalRequest.of("GET", "/"), "dishwasher-2-1-0")));
    }

    @Test void aBodyThatSaysItIsOfAnotherSizeIsNotRead() {
        var request = LocalRequest.of("PUT", "/").with("Content-Length", "4").withBody(new java.io.InputStream() {
            @Override
            public int read() {
                throw new AssertionError("it was read");
            }
        });
        assertEquals("400 firmware dishwasher-2-1-0 has 3 bytes, found a body of 4", refusal(() -> ask(request, "dishwasher-2-1-0")));
    }
}
