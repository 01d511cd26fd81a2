package home.oikos.dice;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import java.time.Duration;

/// What an EntropySource asks for.
/// @param reset changes when a person gives a failed source another chance
record EntropySource(ObjectKey key, String uid, long generation, Origin origin, SampleFormat format, Claim claim, Comeback comeback, String reset) {
    static final String RESET = "oikos.home/reset";
    private static final int SHOWN_CHARACTERS_MAX = 20;

    /// @throws IllegalArgumentException when it asks for what cannot be, in words
    static EntropySource read(Json object) {
        var spec = object.at("spec");
        var metadata = object.at("metadata");
        var claim = new Claim(spec.at("sampleBits").integer(1), decimal(spec.at("minEntropy").text("")),
                spec.at("alphaExponent").integer(Claim.ALPHA_EXPONENT_DEFAULT));
        var format = SampleFormat.of(spec.at("format").text("Bytes"));
        new SampleReader(format, claim);
        return new EntropySource(ObjectKey.of(object), metadata.at("uid").text(""), metadata.at("generation").integer(0L),
                Origin.read(spec.at("source")), format, claim, comeback(spec.at("comeback")), metadata.at("annotations", RESET).text(""));
    }

    private static double decimal(String quantity) {
        try {
            return Double.parseDouble(quantity);
        } catch (NumberFormatException wrong) {
            var shown = quantity.substring(0, Math.min(SHOWN_CHARACTERS_MAX, quantity.length()));
            throw new IllegalArgumentException("minEntropy: expected a number of bits such as \"0.8\", found \"" + shown + "\"");
        }
    }

    private static Comeback comeback(Json json) {
        int alarms = json.at("policy").text("Automatic").equals("Manual") ? 0 : json.at("alarmsMax").integer(Comeback.DEFAULT.alarmsMax());
        return new Comeback(alarms, Duration.ofSeconds(json.at("waitSeconds").integer(Comeback.DEFAULT.firstWait().toSeconds())));
    }
}
