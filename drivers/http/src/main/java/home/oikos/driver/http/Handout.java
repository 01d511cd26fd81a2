package home.oikos.driver.http;

import home.oikos.driver.FirmwareImage;
import home.oikos.driver.ImagePlace;
import home.oikos.driver.ImageRecipient;
import home.oikos.driver.http.Shelf.NotHandedOut;
import java.net.InetAddress;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/// One image for one device, and how much of it has left. It is used up once every byte has; a fetch that broke off before may go on or begin anew.
/// Any thread may call it.
final class Handout implements ImagePlace {
    /// What may leave in all, in images: one whole copy, and as much again that broke off on the way.
    static final int COPIES_MAX = 2;
    /// Fetches of one device at once; those known use one.
    static final int FETCHES_MAX = 2;
    /// How finely progress is told: each step is a write to the disk of the home.
    private static final int STEP_PERCENT = 10;

    private final ImageRecipient recipient;
    private final FirmwareImage image;
    private final Instant end;
    private final IntConsumer left;
    private final CompletableFuture<String> url;
    private final Runnable emptied;
    private long sentBytes;
    /// Every byte before this one has left.
    private long whole;
    private int told;
    private int fetches;
    private boolean closed;

    Handout(ImageRecipient recipient, FirmwareImage image, Instant end, IntConsumer left, CompletableFuture<String> url, Runnable emptied) {
        this.recipient = recipient;
        this.image = image;
        this.end = end;
        this.left = left;
        this.url = url;
        this.emptied = emptied;
    }

    FirmwareImage image() {
        return image;
    }

    @Override
    public CompletableFuture<String> url() {
        return url;
    }

    synchronized void admit(InetAddress from, Instant now) throws NotHandedOut {
        if (!recipient.addresses().isEmpty() && !recipient.addresses().contains(from)) {
            throw new NotHandedOut(Answer.UNKNOWN, "the firmware of %s is for %s alone".formatted(recipient.device(), recipient.addresses()));
        }
        if (!now.isBefore(end)) throw new NotHandedOut(Answer.GONE, "the firmware of %s was to be fetched until %s".formatted(recipient.device(), end));
        if (isUsedUp()) throw new NotHandedOut(Answer.GONE, "the firmware of %s was fetched already".formatted(recipient.device()));
        if (fetches >= FETCHES_MAX) {
            throw new NotHandedOut(Answer.TOO_MANY, "expected at most %d fetches of the firmware of %s at once".formatted(FETCHES_MAX, recipient.device()));
        }
        fetches++;
    }

    private boolean isUsedUp() {
        return closed || whole >= image.sizeBytes() || sentBytes >= COPIES_MAX * image.sizeBytes();
    }

    synchronized void ends() {
        fetches--;
    }

    /// Whether more of it may leave. A fetch that began in time may go on: whoever opened the place closes it when the device is too slow.
    synchronized boolean isOpen() {
        return !closed && sentBytes < COPIES_MAX * image.sizeBytes();
    }

    /// These bytes were taken by the socket.
    void sent(long offset, int count) {
        int percent;
        synchronized (this) {
            sentBytes += count;
            if (offset <= whole) whole = Math.max(whole, offset + count);
            percent = whole >= image.sizeBytes() ? 100 : (int) (whole * 100 / image.sizeBytes()) / STEP_PERCENT * STEP_PERCENT;
            if (percent <= told) return;
            told = percent;
        }
        left.accept(percent);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) return;
            closed = true;
        }
        emptied.run();
    }
}
