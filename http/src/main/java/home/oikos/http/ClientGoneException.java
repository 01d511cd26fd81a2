package home.oikos.http;

import java.io.IOException;

/// Whoever asked has hung up, or takes nothing any more: there is nobody to answer, and nothing of ours is broken.
public final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1;

    ClientGoneException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
