package home.oikos.gateway;

import home.oikos.api.JsonObject;
import home.oikos.driver.FirmwareImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Rules that a test sets: everything may be had by everybody until it says otherwise.
final class FakeRules implements FirmwareRules {
    final Set<String> refused = new HashSet<>();
    volatile boolean stored = true;

    @Override
    public Optional<String> refusal(Candidate candidate, Instant now) {
        var name = candidate.firmware().at("metadata", "name").text("");
        return refused.contains(name) ? Optional.of(name + " is refused") : Optional.empty();
    }

    @Override
    public Optional<FirmwareImage> image(JsonObject firmware) {
        return stored ? Optional.of(new Image(firmware.at("spec", "sha256").text(""))) : Optional.empty();
    }

    private record Image(String sha256) implements FirmwareImage {
        @Override
        public String fileName() {
            return "image.bin";
        }

        @Override
        public long sizeBytes() {
            return 3;
        }

        @Override
        public String sha1() {
            return "sha1";
        }

        @Override
        public String md5() {
            return "md5";
        }

        @Override
        public InputStream open(long offset) {
            return new ByteArrayInputStream(new byte[3], (int) offset, 3);
        }
    }
}
