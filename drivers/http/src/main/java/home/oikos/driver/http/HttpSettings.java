package home.oikos.driver.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/// Where sensors post to.
///
/// @param place asked when a Device first needs it
/// @param opened hears that the port is open, so that people learn where and what it means
public record HttpSettings(Place place, Consumer<InetSocketAddress> opened) {
    /// The path of an iSpindel's posts.
    public static final String PATH = "/ispindel";

    /// An address and port that stay the same after a restart: sensors have them in their settings.
    @FunctionalInterface
    public interface Place {
        /// @throws IOException when there is none, with the reason in words
        InetSocketAddress choose() throws IOException;
    }
}
