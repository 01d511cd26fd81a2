package home.oikos.driver.ddi;

import home.oikos.api.ObjectKey;
import home.oikos.base.Sha256;
import home.oikos.driver.FirmwareTarget;
import home.oikos.http.Request;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Lets in who names itself with the token of the device it says it is. Whether there is no such device, or it has no token, or has another: the
/// answer is the same, and takes as long. Safe for any thread.
final class Door {
    /// A shorter token could be guessed, and opens nothing.
    static final int TOKEN_CHARACTERS_MIN = 16;
    /// As hawkBit has it.
    static final int TOKEN_CHARACTERS_MAX = 128;
    /// What an address may get wrong at once, and then a second: a device that was set up wrongly asks a few times a minute.
    static final int STRANGERS_BURST = 30;
    static final int STRANGERS_PER_SECOND = 1;
    /// Addresses of strangers that are remembered, about 200 bytes each; beyond it the oldest is forgotten.
    static final int ADDRESSES_MAX = 1_024;
    private static final String SCHEME = "TargetToken ";
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z.:\\[\\]-]{1,255}");

    private final Map<InetAddress, Allowance> strangers = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Allowance> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };

    /// @param target what is known of the device at the place, or null
    /// @throws Refusal when this is not that device
    void open(Request request, ObjectKey device, FirmwareTarget target, long nowMillis) throws Refusal {
        var token = target == null ? "" : target.token();
        boolean usable = token.length() >= TOKEN_CHARACTERS_MIN && token.length() <= TOKEN_CHARACTERS_MAX;
        boolean same = MessageDigest.isEqual(digest(presented(request)), digest(token));
        if (usable && same) return;
        if (!mayTryAgain(request.remoteAddress().getAddress(), nowMillis)) {
            throw new Refusal(429, "too many requests with a wrong token from this address; try again later");
        }
        throw new Refusal(401, ("expected the header Authorization: TargetToken, with the token of device %s (%d to %d characters)")
                .formatted(device, TOKEN_CHARACTERS_MIN, TOKEN_CHARACTERS_MAX));
    }

    private static String presented(Request request) {
        var header = request.header("Authorization").orElse("");
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? header.substring(SCHEME.length()).strip() : "";
    }

    /// Of equal length whatever the token is, so comparing takes equally long.
    private static byte[] digest(String token) {
        return Sha256.of(token);
    }

    private boolean mayTryAgain(InetAddress address, long nowMillis) {
        synchronized (strangers) {
            return strangers.computeIfAbsent(address, _ -> new Allowance(STRANGERS_BURST, STRANGERS_PER_SECOND, nowMillis)).take(nowMillis);
        }
    }

    /// What the device calls this home, for the links it is given.
    static String host(Request request) throws Refusal {
        var host = request.header("Host").orElse("localhost");
        if (!HOST.matcher(host).matches()) throw new Refusal(400, "expected a host name or address in the header Host");
        return host;
    }
}
