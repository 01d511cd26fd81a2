package home.oikos.workloads;

import java.util.random.RandomGenerator;

/// Makes the parts of names that Kubernetes makes: random suffixes and hashes, from letters that spell no word.
final class Names {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    /// A generated suffix is appended to at most this many characters, so that the whole still fits a label (63).
    private static final int PREFIX_MAX = 58;

    private Names() { }

    static String generated(String prefix, RandomGenerator random) {
        var name = new StringBuilder(prefix.length() > PREFIX_MAX ? prefix.substring(0, PREFIX_MAX) : prefix);
        for (int i = 0; i < 5; i++) name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        return name.toString();
    }

    /// A 32-bit FNV-1a hash as Kubernetes spells one: its decimal digits mapped into the alphabet.
    static String hash(byte[] bytes) {
        int hash = 0x811c9dc5;
        for (byte b : bytes) hash = (hash ^ b & 0xff) * 0x01000193;
        var name = new StringBuilder();
        for (char digit : Integer.toUnsignedString(hash).toCharArray()) name.append(ALPHABET.charAt(digit % ALPHABET.length()));
        return name.toString();
    }
}
