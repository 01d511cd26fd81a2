package home.oikos.firmware;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.Resource;
import home.oikos.controller.Times;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a Firmware says of its image, all of it covered by the signatures.
///
/// @param hardwareIds sorted
public record Firmware(ObjectKey key, String modelName, List<String> hardwareIds, FirmwareVersion version, String sha256, long sizeBytes,
        Optional<Instant> expires, List<Signed> signatures) {
    public static final Resource RESOURCE = Resource.namespaced("oikos.home/v1alpha1", "firmwares", "Firmware");
    /// What may stand in a line of the statement: a line feed or a comma more, and two images could have the same statement.
    private static final Pattern PLAIN = Pattern.compile("[!-+\\--~]|[!-+\\--~][ -+\\--~]*[!-+\\--~]");

    /// One signature over the statement.
    /// @param signature in base64
    public record Signed(String keyId, String signature) { }

    public Firmware {
        hardwareIds = List.copyOf(new TreeSet<>(hardwareIds));
        signatures = List.copyOf(signatures);
    }

    public static Firmware read(Json object) {
        var spec = object.at("spec");
        return new Firmware(ObjectKey.of(object), spec.at("modelName").text(""), texts(spec.at("hardwareIds")),
                new FirmwareVersion(spec.at("version").text("")), spec.at("sha256").text(""), spec.at("sizeBytes").integer(0L),
                expires(spec.at("expirationTime")), spec.at("signatures").array().stream().map(Firmware::signed).toList());
    }

    /// A time that cannot be read is over.
    private static Optional<Instant> expires(Json time) {
        return time.text().isEmpty() ? Optional.empty() : Times.read(time).or(() -> Optional.of(Instant.EPOCH));
    }

    static List<String> texts(Json list) {
        return list.array().stream().flatMap(each -> each.text().stream()).toList();
    }

    private static Signed signed(Json each) {
        return new Signed(each.at("keyId").text(""), each.at("signature").text(""));
    }

    /// The same with other signatures.
    public Firmware signedBy(List<Signed> others) {
        return new Firmware(key, modelName, hardwareIds, version, sha256, sizeBytes, expires, others);
    }

    /// As the API takes it.
    public JsonObject toJson() {
        var spec = JsonObject.of("modelName", modelName, "version", version.text(), "sha256", sha256, "sizeBytes", sizeBytes,
                "expirationTime", expires.map(Times::text).orElse(null), "signatures", new JsonArray(signatures.stream().<Json>map(signed ->
                        JsonObject.of("keyId", signed.keyId(), "signature", signed.signature())).toList()));
        return JsonObject.of("apiVersion", RESOURCE.apiVersion(), "kind", RESOURCE.kind(), "metadata", JsonObject.of("namespace", key.namespace(),
                "name", key.name()), "spec", hardwareIds.isEmpty() ? spec : spec.with("hardwareIds", hardwareIds));
    }

    boolean isExpired(Instant now) {
        return expires.filter(end -> !end.isAfter(now)).isPresent();
    }

    /// Whether its statement says one thing only.
    boolean isPlain() {
        return Stream.concat(Stream.of(modelName, version.text(), sha256), hardwareIds.stream()).allMatch(text -> PLAIN.matcher(text).matches());
    }

    /// The statement that is signed: a line for each fact, in this order, each ended by a line feed. Everything a device or a rule goes by is in it, so
    /// that no part of one image can be put beside a part of another.
    public String statement() {
        return """
                oikos-firmware-v1
                model: %s
                hardware: %s
                version: %s
                sha256: %s
                size: %d
                expires: %s
                """.formatted(modelName, String.join(",", hardwareIds), version, sha256, sizeBytes,
                expires.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("never"));
    }
}
