package home.oikos.store;

/// One version of one key. The arrays are shared and must not be changed.
/// @param revision when this version was written; its digits stand in `value` at `digitsOffset`
/// @param createRevision when the key was last created
public record Entry(String key, byte[] value, int digitsOffset, long revision, long createRevision, Attachment attachment) {
    /// A slot for what a reader worked out about this version and wants to keep with it (labels, an encoded watch frame).
    /// Racing writers must put equal things.
    public static final class Attachment {
        private volatile Object content;

        public Attachment(Object content) {
            this.content = content;
        }

        public Object content() {
            return content;
        }

        public void put(Object content) {
            this.content = content;
        }
    }

    /// The value with another revision's digits in place of its own: what a DELETED event shows, or an object that left a selector.
    public byte[] valueAt(long otherRevision) {
        var digits = Long.toString(otherRevision).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        int oldLength = Long.toString(revision).length();
        var spliced = new byte[value.length - oldLength + digits.length];
        System.arraycopy(value, 0, spliced, 0, digitsOffset);
        System.arraycopy(digits, 0, spliced, digitsOffset, digits.length);
        int tail = digitsOffset + oldLength;
        System.arraycopy(value, tail, spliced, digitsOffset + digits.length, value.length - tail);
        return spliced;
    }
}
