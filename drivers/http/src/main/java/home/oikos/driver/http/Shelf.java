package home.oikos.driver.http;

import home.oikos.base.Sha256;
import home.oikos.driver.FirmwareImage;
import home.oikos.driver.ImageRecipient;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/// The images that devices may fetch just now, each at a place of its own. Any thread may call it.
final class Shelf {
    /// The path that every place begins with; the rest of it is the token. It is short, for a Tasmota takes a URL of 100 characters.
    static final String PATH = "/firmware/";
    /// Places open at once: what a home updates at a time is one device or a batch of them. Each is some hundred bytes until it is fetched.
    static final int PLACES_MAX = 64;
    /// 128 bits: at 60 guesses a minute from all the network nobody finds one.
    private static final int TOKEN_BYTES = 16;
    /// Names of images end so, as some devices want to see it; longer ones are no suffix.
    private static final int SUFFIX_CHARACTERS_MAX = 8;

    private final SecureRandom random;
    private final Clock clock;
    /// By the digest of the token, so that the time a look takes says nothing of it.
    private final Map<String, Handout> handouts = new ConcurrentHashMap<>();

    Shelf(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    /// @param address where the port listens, as others in the network write it
    /// @param emptied called when this place is closed
    Handout put(ImageRecipient recipient, FirmwareImage image, IntConsumer left, CompletableFuture<String> address, Runnable emptied) throws IOException {
        var token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        var name = Base64.getUrlEncoder().withoutPadding().encodeToString(token) + suffix(image.fileName());
        var digest = Sha256.hex(name);
        var handout = new Handout(recipient, image, clock.instant().plus(recipient.within()), left, address.thenApply(at -> "http://" + at + PATH + name),
                () -> {
                    handouts.remove(digest);
                    emptied.run();
                });
        if (handouts.size() >= PLACES_MAX) throw new IOException("%d images are handed out already; %s has to wait".formatted(PLACES_MAX, recipient.device()));
        handouts.put(digest, handout);
        return handout;
    }

    private static String suffix(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot < 0 || fileName.length() - dot > SUFFIX_CHARACTERS_MAX ? "" : fileName.substring(dot);
    }

    boolean isEmpty() {
        return handouts.isEmpty();
    }

    Optional<Handout> find(String path) {
        return Optional.ofNullable(handouts.get(Sha256.hex(path.substring(PATH.length()))));
    }

    /// Counts a fetch that begins, which ends with [Handout#ends].
    /// @throws NotHandedOut when this one may not fetch it now
    void admit(Handout handout, InetAddress from) throws NotHandedOut {
        handout.admit(from, clock.instant());
    }

    /// Says no to a fetch.
    static final class NotHandedOut extends Exception {
        private static final long serialVersionUID = 1;
        private final int code;

        NotHandedOut(int code, String why) {
            super(why, null, false, false);
            this.code = code;
        }

        Answer answer() {
            return new Answer(code, getMessage());
        }
    }
}
