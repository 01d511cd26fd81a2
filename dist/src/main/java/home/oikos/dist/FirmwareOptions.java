package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.cli.Refusal;
import home.oikos.firmware.ContentStore;
import home.oikos.firmware.Firmware;
import home.oikos.firmware.FirmwareVersion;
import home.oikos.firmware.ImageFile;
import home.oikos.firmware.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What the command line says of an image and of who signs it.
final class FirmwareOptions {
    @Option(names = {"-n", "--namespace"})
    private String namespace = "home";
    @Option(names = "--model", paramLabel = "MODEL")
    private String model = "";
    @Option(names = "--version", paramLabel = "VERSION")
    private String version = "";
    @Option(names = "--name", paramLabel = "NAME", description = "MODEL-VERSION when absent")
    private String name = "";
    @Option(names = "--hardware", paramLabel = "ID", description = "a hardware revision it runs on; may be given several times")
    private List<String> hardware = List.of();
    @Option(names = "--expires", paramLabel = "DATE", description = "2027-11-30, or an instant; never when absent")
    private String expires = "";
    @Option(names = "--notes", paramLabel = "TEXT")
    private String notes = "";
    @Option(names = "--sign", paramLabel = "KEY", description = "a file with a private key; may be given several times")
    private List<Path> keys = List.of();
    @Option(names = "--signature", paramLabel = "KEYID=FILE", description = "a signature that was made elsewhere, in base64")
    private List<String> signatures = List.of();
    @Option(names = "--key-id", paramLabel = "ID", description = "how the model names a new key")
    private String keyId = "";

    String namespace() {
        return namespace;
    }

    String model() {
        return model;
    }

    String notes() {
        return notes;
    }

    boolean signs() {
        return !keys.isEmpty() || !signatures.isEmpty();
    }

    /// @param file whose name is the key's where nothing else is said
    String keyId(Path file) {
        return keyId.isEmpty() ? file.getFileName().toString().replaceAll("\\.[a-z]+$", "") : keyId;
    }

    /// The image in a file, signed by nobody yet.
    Firmware described(Path file) throws IOException {
        if (model.isEmpty() || version.isEmpty()) throw Refusal.usage("firmware: expected --model MODEL and --version VERSION");
        var image = ImageFile.read(file);
        if (image.sizeBytes() == 0) throw new Refusal(file + " is empty");
        if (image.sizeBytes() > ContentStore.IMAGE_BYTES_MAX) {
            throw new Refusal("%s has %s; an image has at most %s".formatted(file, FirmwareShelf.size(image.sizeBytes()),
                    FirmwareShelf.size(ContentStore.IMAGE_BYTES_MAX)));
        }
        return new Firmware(new ObjectKey(namespace, name()), model, hardware, new FirmwareVersion(version), image.sha256(), image.sizeBytes(), expires(),
                List.of());
    }

    private String name() {
        if (!name.isEmpty()) return name;
        return (model + "-" + version).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    private Optional<Instant> expires() {
        if (expires.isEmpty()) return Optional.empty();
        try {
            return Optional.of(expires.contains("T") ? Instant.parse(expires) : LocalDate.parse(expires).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException wrong) {
            throw Refusal.usage("--expires: expected a date as 2027-11-30, found " + expires);
        }
    }

    /// The signatures that were brought along, and those that keys make here.
    /// @param block `spec.firmware` of the model, which names the keys
    List<Firmware.Signed> signed(Firmware firmware, Json block) throws IOException, GeneralSecurityException {
        var all = new ArrayList<Firmware.Signed>();
        for (var each : signatures) all.add(elsewhere(each));
        for (var file : keys) all.add(new SigningKey(text(file)).sign(firmware, block));
        return all;
    }

    private static Firmware.Signed elsewhere(String option) throws IOException {
        int equals = option.indexOf('=');
        if (equals < 1) throw Refusal.usage("--signature: expected KEYID=FILE, found " + option);
        return new Firmware.Signed(option.substring(0, equals), text(Path.of(option.substring(equals + 1))).replaceAll("\\s", ""));
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) throw new Refusal("there is no file " + file);
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
