package home.oikos.firmware;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The bytes of images in a folder, by their digest. A file's name is its three digests, so one rename makes it be there whole; what is not whole ends in
/// `.part` and is swept away by the next start. Any thread may call; one image is written by one thread at a time, in bounded memory.
public final class ContentStore {
    /// Beyond all that a device of a home takes; the same bound stands in the schema of Firmware.
    public static final long IMAGE_BYTES_MAX = 1L << 30;
    /// All images together: four of the largest, or hundreds as they usually are.
    public static final long QUOTA_BYTES = 4 * IMAGE_BYTES_MAX;
    /// What is left to the home's own writes, whatever the quota says: a full disk would stop more than updates.
    static final long FREE_BYTES_MIN = 512L << 20;
    /// Each takes a buffer of 64 KiB and, worse, the disk of a small machine.
    static final int UPLOADS_MAX = 4;
    /// A gigabyte over a poor radio link; whoever trickles bytes gives the place back then.
    static final Duration UPLOAD_TIME_MAX = Duration.ofHours(2);
    /// How long bytes that no Firmware names are kept, so that one which is made anew finds them.
    static final Duration GRACE = Duration.ofHours(1);
    private static final String PART = ".part";
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})\\.([0-9a-f]{40})\\.([0-9a-f]{32})");

    private final Path folder;
    private final long quotaBytes;
    private final Clock clock;
    private final Map<String, StoredContent> contents = new ConcurrentHashMap<>();
    private final Map<String, Instant> unneeded = new HashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong parts = new AtomicLong();
    private long promisedBytes;
    private int uploads;

    private ContentStore(Path folder, long quotaBytes, Clock clock) {
        this.folder = folder;
        this.quotaBytes = quotaBytes;
        this.clock = clock;
    }

    /// @param quotaBytes for all images together
    public static ContentStore open(Path folder, long quotaBytes, Clock clock) throws IOException {
        var store = new ContentStore(Files.createDirectories(folder), quotaBytes, clock);
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) store.found(file);
        }
        return store;
    }

    private void found(Path file) throws IOException {
        var name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) contents.put(name.group(1), new StoredContent(name.group(1), name.group(2), name.group(3), Files.size(file), file));
        else if (file.getFileName().toString().endsWith(PART)) Files.delete(file);
    }

    /// Has it told of every digest whose bytes have arrived, on the thread that brought them.
    void onStored(Consumer<String> listener) {
        listeners.add(listener);
    }

    public Optional<StoredContent> find(String sha256) {
        return Optional.ofNullable(contents.get(sha256));
    }

    /// Reads a body to its end and keeps it when it is what it should be; otherwise nothing is left of it.
    /// @throws ApiException in words when it is not, or there is no room
    public StoredContent receive(String sha256, long sizeBytes, InputStream body) throws IOException {
        reserve(sizeBytes);
        var part = folder.resolve(parts.incrementAndGet() + PART);
        try {
            var content = keep(part, written(part, sha256, sizeBytes, body), sha256);
            listeners.forEach(listener -> listener.accept(sha256));
            return content;
        } finally {
            Files.deleteIfExists(part);
            release(sizeBytes);
        }
    }

    private synchronized void reserve(long sizeBytes) throws IOException {
        long used = promisedBytes + contents.values().stream().mapToLong(StoredContent::sizeBytes).sum();
        if (sizeBytes > IMAGE_BYTES_MAX) throw tooLarge("an image has at most %d bytes; found one of %d".formatted(IMAGE_BYTES_MAX, sizeBytes));
        if (uploads >= UPLOADS_MAX) throw new ApiException(Reason.TOO_MANY_REQUESTS, "%d images are on their way already; try again later", UPLOADS_MAX);
        if (used + sizeBytes > quotaBytes) {
            throw new ApiException(Reason.FORBIDDEN,
                    "images may take %d bytes together, %d are taken and %d more were asked for; bytes that no Firmware names go after %d min",
                    quotaBytes, used, sizeBytes, GRACE.toMinutes());
        }
        long free = Files.getFileStore(folder).getUsableSpace() - promisedBytes;
        if (free - sizeBytes < FREE_BYTES_MIN) {
            throw new ApiException(Reason.FORBIDDEN, "the disk has %d bytes left, of which %d are kept for the home; %d were asked for", free, FREE_BYTES_MIN,
                    sizeBytes);
        }
        promisedBytes += sizeBytes;
        uploads++;
    }

    private synchronized void release(long sizeBytes) {
        promisedBytes -= sizeBytes;
        uploads--;
    }

    private static ApiException tooLarge(String message) {
        return new ApiException(Reason.REQUEST_ENTITY_TOO_LARGE, message);
    }

    private Digests written(Path part, String sha256, long sizeBytes, InputStream body) throws IOException {
        var digests = new Digests();
        var end = clock.instant().plus(UPLOAD_TIME_MAX);
        try (var channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            digests.copy(body, Channels.newOutputStream(channel), sizeBytes, () -> clock.instant().isAfter(end));
            check(digests, sizeBytes);
            channel.force(true);
        }
        return digests;
    }

    private static void check(Digests digests, long sizeBytes) {
        if (digests.sizeBytes() > sizeBytes) throw tooLarge("expected %d bytes, found more; nothing of them was kept".formatted(sizeBytes));
        if (digests.isBrokenOff()) {
            throw new ApiException(Reason.TIMEOUT, "expected %d bytes within %d h, found %d; nothing of them was kept", sizeBytes, UPLOAD_TIME_MAX.toHours(),
                    digests.sizeBytes());
        }
        if (digests.sizeBytes() < sizeBytes) {
            throw new ApiException(Reason.BAD_REQUEST, "expected %d bytes, found %d; nothing of them was kept", sizeBytes, digests.sizeBytes());
        }
    }

    private StoredContent keep(Path part, Digests digests, String sha256) throws IOException {
        var found = digests.sha256();
        if (!found.equals(sha256)) {
            throw new ApiException(Reason.BAD_REQUEST, "expected bytes with sha256 %s, found %s; nothing of them was kept", sha256, found);
        }
        var sha1 = digests.sha1();
        var md5 = digests.md5();
        var file = folder.resolve("%s.%s.%s".formatted(found, sha1, md5));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        sync();
        var content = new StoredContent(found, sha1, md5, digests.sizeBytes(), file);
        contents.put(found, content);
        return content;
    }

    /// The rename is on the disk, too.
    private void sync() throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Takes away what nobody has named for [#GRACE].
    /// @param named the digests that Firmwares name now
    /// @return when to come again; empty when everything here is named
    synchronized Optional<Instant> retain(Set<String> named, Instant now) throws IOException {
        unneeded.keySet().removeIf(digest -> named.contains(digest) || !contents.containsKey(digest));
        for (var content : List.copyOf(contents.values())) {
            if (named.contains(content.sha256())) continue;
            if (unneeded.computeIfAbsent(content.sha256(), _ -> now).plus(GRACE).isAfter(now)) continue;
            contents.remove(content.sha256());
            unneeded.remove(content.sha256());
            Files.deleteIfExists(content.file());
        }
        return unneeded.values().stream().min(Instant::compareTo).map(since -> since.plus(GRACE));
    }
}
