package home.oikos.driver.http;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.driver.Refusals;
import java.io.IOException;

/// A device that can be told to fetch its firmware. Its methods wait for the device; the thread of one [PullSession] calls them.
interface Appliance {
    /// What a device says of itself.
    /// @param hardwareId empty when it does not say
    /// @param uptimeSeconds since it last began anew, [#NO_UPTIME] when it does not say
    record Identity(String version, String hardwareId, long uptimeSeconds) {
        static final long NO_UPTIME = -1;
    }

    /// @throws IOException when it does not answer, or not with sense
    Identity identify() throws IOException, InterruptedException;

    /// Tells it to fetch, which it does on its own from then on.
    /// @throws IOException when it does not answer; it may have heard all the same
    /// @throws Declined when it says no
    void fetch(String url) throws IOException, Declined, InterruptedException;

    /// @param who whose answer it is, for people to read
    /// @throws IOException when it is no JSON object
    static Json parsed(String who, String text) throws IOException {
        try {
            var json = Json.parse(text);
            if (json instanceof JsonObject) return json;
        } catch (JsonException broken) {
            throw new IOException("%s: expected JSON, found \"%s\"".formatted(who, Refusals.shortened(text)), broken);
        }
        throw new IOException("%s: expected a JSON object, found \"%s\"".formatted(who, Refusals.shortened(text)));
    }

    /// @param password what it was told; empty for nothing
    static IOException passwordWanted(String who, String password) {
        return new IOException("%s: %s its password; it stands in the Secret of spec.firmware.secretName".formatted(who,
                password.isEmpty() ? "asks for" : "does not take"));
    }

    /// A device says no, and why.
    final class Declined extends Exception {
        private static final long serialVersionUID = 1;

        Declined(String why) {
            super(why, null, false, false);
        }
    }
}
