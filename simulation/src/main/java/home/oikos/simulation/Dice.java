package home.oikos.simulation;

import home.oikos.api.Json;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A photon detector behind a half-silvered mirror: each click says which way a photon went, one bit. No mirror is exactly half. Stuck, it says
/// the last bit again and again. Whoever knows its seed knows what it says: a home must not be weaker for it.
final class Dice extends Thing {
    /// A thousandth of what a real detector can: a home at rest tests an eighth of it, and who captures has a million clicks in half a minute.
    private static final int BYTES_PER_SECOND = 4_096;
    private static final long SEED = 7;

    private final RandomGenerator photons = new SplittableRandom(SEED);
    /// How often the way is the one called 1.
    private double ones = 0.52;
    private int last;

    Dice(String name) {
        super(name);
    }

    /// What it clicks in so much time, eight clicks a byte, the first in the highest place.
    byte[] clicks(double seconds) {
        var bytes = new byte[(int) Math.round(seconds * BYTES_PER_SECOND)];
        for (int i = 0; i < bytes.length; i++) {
            int eight = 0;
            for (int bit = 0; bit < 8; bit++) eight = eight << 1 | click();
            bytes[i] = (byte) eight;
        }
        return bytes;
    }

    private int click() {
        if (!has(Fault.STUCK)) last = photons.nextDouble() < ones ? 1 : 0;
        return last;
    }

    @Override
    void begins(Fault fault) {
        if (fault != Fault.STUCK && fault != Fault.DROP_OFF) throw new IllegalArgumentException(name() + " can be stuck or drop-off, not " + fault.word());
    }

    @Override
    void advance(double seconds, House house) { }

    @Override
    Map<String, Json> state() {
        return Map.of("ones", Json.of(ones));
    }

    @Override
    boolean settable(String property) {
        return property.equals("ones");
    }

    @Override
    void set(String property, Json value) {
        if (!settable(property)) throw unknown(property);
        ones = number(value, 0, 1, "ones");
    }
}
