package home.oikos.firmware;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What a Firmware says of its image, all of it covered by the signature.
///
/// @param hardwareIds sorted
/// @param signature empty when there is none, or none that is base64
public record Firmware(ObjectKey key, String modelName, List<String> hardwareIds, FirmwareVersion version, String sha256, long sizeBytes,
        byte[] signature, String keyId, Optional<Instant> expires) {
    public Firmware {
        hardwareIds = List.copyOf(new TreeSet<>(hardwareIds));
    }

    public static Firmware read(Json object) {
        var spec = object.at("spec");
        return new Firmware(ObjectKey.of(object), spec.at("modelName").text(""), texts(spec.at("hardwareIds")),
                new FirmwareVersion(spec.at("version").text("")), spec.at("sha256").text(""), spec.at("sizeBytes").integer(0L),
                base64(spec.at("signature").text("")), spec.at("keyId").text(""), spec.at("expirationTime").text().map(Instant::parse));
    }

    static List<String> texts(Json list) {
        return list.array().stream().flatMap(each -> each.text().stream()).toList();
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException broken) {
            return new byte[0];
        }
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
