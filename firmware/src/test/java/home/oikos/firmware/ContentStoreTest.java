package home.oikos.firmware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.ApiException;
import home.oikos.base.StandingClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ContentStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-30T06:00:00Z");
    private static final byte[] FOO = "foo".getBytes(StandardCharsets.UTF_8);

    private final StandingClock clock = new StandingClock(NOW);
    @TempDir
    private Path folder;
    private ContentStore store;

    @BeforeEach void open() throws IOException {
        store = ContentStore.open(folder, 1_000, clock);
    }

    private static String digest(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private StoredContent receive(byte[] bytes) throws Exception {
        return store.receive(digest(bytes), bytes.length, new ByteArrayInputStream(bytes));
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String refusal(long sizeBytes, InputStream body) {
        return assertThrows(ApiException.class, () -> store.receive(TestKey.DIGEST, sizeBytes, body)).getMessage();
    }

    @Test void defaultsArePinned() {
        assertEquals(1_073_741_824, ContentStore.IMAGE_BYTES_MAX);
        assertEquals(4_294_967_296L, ContentStore.QUOTA_BYTES);
        assertEquals(536_870_912, ContentStore.FREE_BYTES_MIN);
        assertEquals(4, ContentStore.UPLOADS_MAX);
        assertEquals(Duration.ofHours(2), ContentStore.UPLOAD_TIME_MAX);
        assertEquals(Duration.ofHours(1), ContentStore.GRACE);
    }

    @Test void whatWasReceivedIsReadFromAnywhereAndOutlivesARestart() throws Exception {
        var stored = new ArrayList<String>();
        store.onStored(stored::add);
        receive(FOO);
        assertEquals(List.of(TestKey.DIGEST), stored);
        var content = ContentStore.open(folder, 1_000, clock).find(TestKey.DIGEST).orElseThrow();
        assertEquals("0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33", content.sha1());
        assertEquals("acbd18db4cc2f85cedef654fccc4a4d8", content.md5());
        assertEquals(3, content.sizeBytes());
        try (var in = content.open(1)) {
            assertArrayEquals("oo".getBytes(StandardCharsets.UTF_8), in.readAllBytes());
        }
    }

    @Test void tornUploadLeavesNothing() throws Exception {
        var torn = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given++ < 2) return 'f';
                throw new IOException("the client has gone");
            }
        };
        assertThrows(IOException.class, () -> store.receive(TestKey.DIGEST, 3, torn));
        assertEquals(List.of(), files());
        assertEquals(3, receive(FOO).sizeBytes(), "its place is free again");
    }

    @Test void bytesThatTrickleGiveTheirPlaceBack() throws Exception {
        var trickle = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                clock.advance(Duration.ofMinutes(1));
                return 1;
            }
        };
        assertEquals("expected 500 bytes within 2 h, found 121; nothing of them was kept", refusal(500, trickle));
        assertEquals(List.of(), files());
    }

    @Test void whatAKillLeftIsSweptAwayAndWhatIsNotOursIsLeftAlone() throws Exception {
        Files.writeString(folder.resolve("7.part"), "half");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        store = ContentStore.open(folder, 1_000, clock);
        assertEquals(List.of("notes.txt"), files());
        assertEquals(Optional.empty(), store.find("notes.txt"));
    }

    @Test void truncatedPaddedAndWrongBytesAreRefusedInWords() throws Exception {
        assertEquals("expected 4 bytes, found 3; nothing of them was kept", refusal(4, new ByteArrayInputStream(FOO)));
        assertEquals("expected 2 bytes, found more; nothing of them was kept", refusal(2, new ByteArrayInputStream(FOO)));
        assertTrue(refusal(3, new ByteArrayInputStream("fOo".getBytes(StandardCharsets.UTF_8))).startsWith("expected bytes with sha256 2c26"));
        assertEquals(List.of(), files());
    }

    @Test void nothingIsTakenBeyondTheQuotaOrTheLargestImage() throws Exception {
        receive(new byte[600]);
        assertEquals("images may take 1000 bytes together, 600 are taken and 401 more were asked for; bytes that no Firmware names go after 60 min",
                refusal(401, InputStream.nullInputStream()));
        assertEquals("an image has at most 1073741824 bytes; found one of 1073741825", refusal(ContentStore.IMAGE_BYTES_MAX + 1,
                InputStream.nullInputStream()));
        receive(new byte[400]);
    }

    @Test void aPlaceThatIsPromisedIsTaken() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var slow = new InputStream() {
            @Override
            public int read() throws IOException {
                begun.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                }
                return -1;
            }
        };
        var uploads = new ArrayList<Thread>();
        for (int i = 0; i < ContentStore.UPLOADS_MAX; i++) {
            uploads.add(Thread.ofVirtual().start(() -> assertThrows(ApiException.class, () -> store.receive(TestKey.DIGEST, 250, slow))));
        }
        begun.await();
        while (files().size() < ContentStore.UPLOADS_MAX) Thread.onSpinWait();
        assertEquals("4 images are on their way already; try again later", refusal(1, InputStream.nullInputStream()));
        goOn.countDown();
        for (var upload : uploads) upload.join();
        assertEquals(List.of(), files());
        assertEquals(3, receive(FOO).sizeBytes());
    }

    @Test void bytesThatNobodyNamesGoAfterTheirGrace() throws Exception {
        receive(FOO);
        receive(new byte[5]);
        var named = Set.of(TestKey.DIGEST);
        assertEquals(Optional.of(NOW.plus(ContentStore.GRACE)), store.retain(named, NOW));
        assertEquals(2, files().size());
        assertEquals(Optional.empty(), store.retain(Set.of(TestKey.DIGEST, digest(new byte[5])), NOW.plusSeconds(60)), "named again in time");
        assertEquals(Optional.of(NOW.plusSeconds(120).plus(ContentStore.GRACE)), store.retain(named, NOW.plusSeconds(120)));
        assertEquals(Optional.empty(), store.retain(named, NOW.plusSeconds(120).plus(ContentStore.GRACE)));
        assertEquals(List.of(TestKey.DIGEST), files().stream().map(file -> file.substring(0, 64)).toList());
        assertEquals(Optional.empty(), store.find(digest(new byte[5])));
    }
}
