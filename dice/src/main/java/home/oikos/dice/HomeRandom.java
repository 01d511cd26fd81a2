package home.oikos.dice;

import java.security.DrbgParameters;
import java.security.DrbgParameters.Capability;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/// The random numbers of a home: one-time passwords, tokens, generated Secrets, keys. Until a dice speaks it is the system's own source; from then on
/// the JDK's DRBG (SP 800-90A), whose every reseed takes fresh bytes of the system and a block of the dice beside them. So a dice that is
/// broken, or that somebody else knows, leaves it as strong as the system's source alone. For many threads.
public final class HomeRandom extends SecureRandom {
    private static final long serialVersionUID = 1;
    private static final int STRENGTH_BITS = 256;
    /// What one request may take (SP 800-90A, table 2: 2^16 bytes).
    private static final int REQUEST_BYTES_MAX = 1 << 16;
    /// The DRBG's own reseeding asks another DRBG, seeded once: what makes it fresh is read from the system here, for 256 bits and half as many again.
    private static final int SYSTEM_BYTES = 48;

    private final transient SecureRandom system;
    private transient volatile SecureRandom source;
    private transient volatile long reseeds;

    public HomeRandom(SecureRandom system) {
        this.system = system;
        this.source = system;
    }

    /// Mixes a block in, with as much of the system's.
    /// @param block of full entropy by its source's word; wiped
    public synchronized void mix(byte[] block) {
        var both = withSystem(block);
        if (source == system) source = instantiate(both);
        else source.reseed(DrbgParameters.reseed(false, both));
        reseeds++;
        Arrays.fill(block, (byte) 0);
        Arrays.fill(both, (byte) 0);
    }

    byte[] withSystem(byte[] block) {
        var fresh = new byte[SYSTEM_BYTES];
        system.nextBytes(fresh);
        var both = Arrays.copyOf(fresh, SYSTEM_BYTES + block.length);
        System.arraycopy(block, 0, both, SYSTEM_BYTES, block.length);
        return both;
    }

    /// Takes fresh entropy from the system alone: what a dice was believed to give no longer counts.
    public synchronized void renew() {
        if (source != system) source.reseed(DrbgParameters.reseed(false, withSystem(new byte[0])));
    }

    private static SecureRandom instantiate(byte[] seed) {
        try {
            var parameters = DrbgParameters.instantiation(STRENGTH_BITS, Capability.RESEED_ONLY, seed);
            return SecureRandom.getInstance("DRBG", parameters);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /// How often a dice has been mixed in.
    public long mixed() {
        return reseeds;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        if (source == null) return;                                   // the super constructor may ask before there is anything
        if (bytes.length <= REQUEST_BYTES_MAX) source.nextBytes(bytes);
        else inParts(bytes);
    }

    private void inParts(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += REQUEST_BYTES_MAX) {
            var part = new byte[Math.min(REQUEST_BYTES_MAX, bytes.length - at)];
            source.nextBytes(part);
            System.arraycopy(part, 0, bytes, at, part.length);
        }
    }

    @Override
    public byte[] generateSeed(int count) {
        return system.generateSeed(count);
    }

    /// Adds to what there is, as everywhere.
    @Override
    public void setSeed(byte[] seed) {
        if (source != null) source.setSeed(seed);
    }

    @Override
    public void setSeed(long seed) {
        if (source != null) source.setSeed(seed);
    }

    @Override
    public String getAlgorithm() {
        return source.getAlgorithm();
    }
}
