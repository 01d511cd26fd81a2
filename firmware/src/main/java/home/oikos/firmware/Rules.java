package home.oikos.firmware;

import home.oikos.api.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which firmware is believed, and which device may get it. Any thread may ask; an answer takes microseconds, for a signature is checked once.
public final class Rules {
    /// Signatures whose outcome is remembered: more than a home has images of.
    private static final int REMEMBERED_MAX = 64;

    private final Map<Asked, Optional<Verdict>> remembered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Optional<Verdict>> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    /// Everything that the outcome of a signature follows from.
    private record Asked(String statement, List<Firmware.Signed> signatures, Signers signers) { }

    /// A device as the rules know it.
    ///
    /// @param model the block `spec.firmware` of its model
    /// @param hardwareId empty when nobody knows
    /// @param version what it says it runs; empty when nobody knows
    /// @param downgrade whether an older version is meant
    public record Candidate(String modelName, Json model, String hardwareId, String version, boolean downgrade) { }

    /// Why this firmware is not believed by anybody; empty when it is.
    Optional<Verdict> disbelief(Firmware firmware, Signers signers, Instant now) {
        var complaint = signatures(firmware, signers);
        return complaint.isPresent() || !firmware.isExpired(now) ? complaint
                : Verdict.of("Expired", "it has expired at %s; who made it signs it anew", firmware.expires().orElseThrow());
    }

    private synchronized Optional<Verdict> signatures(Firmware firmware, Signers signers) {
        return remembered.computeIfAbsent(new Asked(firmware.statement(), firmware.signatures(), signers), _ -> signers.complaint(firmware));
    }

    /// Why this device may not get this firmware, naming the rule; empty when it may.
    public Optional<String> refusal(Firmware firmware, Candidate device, Instant now) {
        return model(firmware, device).or(() -> disbelief(firmware, Signers.read(device.model()), now)).or(() -> hardware(firmware, device))
                .or(() -> version(firmware, device))
                .map(verdict -> "refused by firmware rule %s (%s): %s".formatted(verdict.reason(), firmware.key().name(), verdict.message()));
    }

    private static Optional<Verdict> model(Firmware firmware, Candidate device) {
        if (firmware.modelName().equals(device.modelName())) return Optional.empty();
        return Verdict.of("WrongModel", "it is for model %s, and the device is of model %s", firmware.modelName(), device.modelName());
    }

    /// A make of one hardware needs no names for it. Where nobody knows which of several a device has, an image must fit them all.
    private static Optional<Verdict> hardware(Firmware firmware, Candidate device) {
        var fits = firmware.hardwareIds();
        var known = Firmware.texts(device.model().at("hardwareIds"));
        var found = device.hardwareId().isEmpty() ? known : List.of(device.hardwareId());
        boolean one = known.size() < 2 && (known.isEmpty() || found.equals(known));
        boolean right = fits.isEmpty() ? one : !found.isEmpty() && fits.containsAll(found);
        if (right) return Optional.empty();
        var suits = fits.isEmpty() ? "of which it says nothing" : String.join(" or ", fits);
        var has = device.hardwareId().isEmpty() ? "one that nobody knows" + among(known) + "; spec.firmware.hardwareId says it" : device.hardwareId();
        return Verdict.of("WrongHardware", "it is for hardware %s, and the device has %s", suits, has);
    }

    private static String among(List<String> known) {
        return known.isEmpty() ? "" : " (" + String.join(" or ", known) + ")";
    }

    private static Optional<Verdict> version(Firmware firmware, Candidate device) {
        boolean older = !device.version().isEmpty() && firmware.version().isOlderThan(new FirmwareVersion(device.version()));
        if (!older || device.downgrade()) return Optional.empty();
        return Verdict.of("OlderVersion", "it is %s, older than the %s that runs; spec.firmware.allowDowngrade says that it is meant",
                firmware.version(), device.version());
    }
}
