package home.oikos.dice;

/// How samples are written in a stream of bytes.
public enum SampleFormat {
    /// Every byte is a sample.
    BYTES,
    /// Every bit is a sample of one bit, the first in the highest place of a byte.
    BITS,
    /// Decimal numbers with anything else between them, of which the low bits are the sample: times between clicks in ticks of a clock.
    DECIMAL;

    /// The word in spec.
    public String word() {
        return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    static SampleFormat of(String word) {
        for (var format : values()) if (format.word().equals(word)) return format;
        throw new IllegalArgumentException("format is Bytes, Bits or Decimal, found " + word);
    }
}
