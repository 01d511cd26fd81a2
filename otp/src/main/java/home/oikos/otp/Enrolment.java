package home.oikos.otp;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import io.nayuki.qrcodegen.QrCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes a secret from the home's random numbers and shows it once. Made anew, the phone and the paper of before are worth nothing. A revoked one begins
/// from the start, as if it had never been enrolled.
final class Enrolment {
    private final Keeping keeping;
    private final SecureRandom random;
    private final Clock clock;

    private record Begun(OneTimePassword spec, Ledger ledger) implements Keeping.Remembered { }

    Enrolment(Keeping keeping, SecureRandom random, Clock clock) {
        this.keeping = keeping;
        this.random = random;
        this.clock = clock;
    }

    /// @param anew also where one was shown already
    JsonObject enrol(ObjectKey key, boolean anew) {
        var spec = keeping.change(key, (found, ledger) -> begin(found, ledger, anew)).spec();
        var bytes = new byte[spec.algorithm().keyBytes()];
        random.nextBytes(bytes);
        var secret = Base32.encode(bytes);
        var recovery = RecoveryCodes.make(random);
        keeping.keep(spec, secret, recovery.stream().map(RecoveryCodes::hash).toList());
        return JsonObject.of("kind", "OneTimePasswordEnrolment", "apiVersion", "gateway.oikos.home/v1alpha1", "uri", uri(spec, secret),
                "secret", secret, "qrCode", array(qrCode(uri(spec, secret))), "recoveryCodes", array(recovery));
    }

    private static JsonArray array(List<String> texts) {
        return new JsonArray(texts.stream().<Json>map(Json::of).toList());
    }

    /// A QR code row by row, a dark module as 1: terminal and page draw it from this. Without the light around it.
    static List<String> qrCode(String text) {
        var code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        return IntStream.range(0, code.size).mapToObj(y -> IntStream.range(0, code.size).mapToObj(x -> code.getModule(x, y) ? "1" : "0")
                .collect(Collectors.joining())).toList();
    }

    private Begun begin(OneTimePassword spec, Ledger ledger, boolean anew) {
        if (spec.revoked() && !anew) throw new ApiException(Reason.CONFLICT, "%s is revoked; another secret: %s --anew", spec.key().name(), spec.enrolment());
        if (!anew && ledger.shown().isPresent()) {
            throw new ApiException(Reason.CONFLICT, "the secret of %s was shown at %s, and is not shown again; another one: %s --anew",
                    spec.key().name(), ledger.shown().get(), spec.enrolment());
        }
        return new Begun(spec, Ledger.fresh(clock.instant(), spec.revoked() ? Optional.empty() : ledger.enrolled()));
    }

    /// The Key Uri Format that phone apps read from a QR code.
    static String uri(OneTimePassword spec, String secret) {
        var uri = "otpauth://%s/%s:%s?secret=%s&issuer=%s&algorithm=%s&digits=%d".formatted(spec.counts() ? "hotp" : "totp", escaped(spec.issuer()),
                escaped(spec.account()), secret, escaped(spec.issuer()), spec.algorithm(), spec.digits());
        return uri + (spec.counts() ? "&counter=0" : "&period=" + spec.period().toSeconds());
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
