package home.oikos.api;

/// A tree that does not have the types of its schema; the message is the one of Kubernetes' own decoder, without the words
/// about the kind that it puts in front.
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DecodeException(String message) {
        super(message);
    }
}
