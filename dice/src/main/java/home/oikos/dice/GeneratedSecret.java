package home.oikos.dice;

import home.oikos.api.Json;
import home.oikos.api.JsonString;
import home.oikos.api.ObjectKey;
import home.oikos.base.Cron;
import home.oikos.controller.Times;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// A Secret that asks to be filled by its annotations. No content is kept here.
/// @param rotated when it was made anew last
record GeneratedSecret(ObjectKey key, String uid, String generate, String rotate, String zone, String rotated, List<String> keys, Instant created) {
    static final String GENERATE = "oikos.home/generate";
    static final String ROTATE = "oikos.home/rotate";
    static final String ZONE = "oikos.home/time-zone";
    static final String ROTATED = "oikos.home/rotated-time";

    GeneratedSecret {
        keys = List.copyOf(keys);
    }

    /// Null of Secrets that ask for nothing: an informer keeps nothing of them.
    static GeneratedSecret of(Json secret) {
        var metadata = secret.at("metadata");
        var annotations = metadata.at("annotations");
        if (annotations.at(GENERATE).isNull()) return null;
        return new GeneratedSecret(ObjectKey.of(secret), metadata.at("uid").text(""), annotations.at(GENERATE).text(""), annotations.at(ROTATE).text(""),
                annotations.at(ZONE).text(""), annotations.at(ROTATED).text(""), List.copyOf(secret.at("data").object().names()),
                Times.read(metadata.at("creationTimestamp")).orElse(Instant.EPOCH));
    }

    /// When it is to be made anew; empty when it asks for none.
    /// @throws IllegalArgumentException when schedule or zone cannot be read
    Optional<Instant> due() {
        if (rotate.isEmpty()) return Optional.empty();
        var last = Times.read(new JsonString(rotated)).orElse(created);
        try {
            return Cron.parse(rotate).next(last.atZone(zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone))).map(at -> at.toInstant());
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("there is no time zone " + zone, unknown);
        }
    }
}
