package home.oikos.driver.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;

/// Where sensors post to and devices fetch from.
///
/// @param place asked when it is first needed
/// @param opened hears that the port is open and what for, so that people learn where and what it means
public record HttpSettings(Place place, BiConsumer<InetSocketAddress, Use> opened) {
    /// The path of an iSpindel's posts.
    public static final String PATH = "/ispindel";

    /// What the port is open for.
    public enum Use {
        /// Devices that a Device with `connection.http` describes post.
        SENSORS,
        /// A device fetches its firmware, until that update is over.
        IMAGES
    }

    /// An address and port that stay the same after a restart: sensors have them in their settings.
    @FunctionalInterface
    public interface Place {
        /// @throws IOException when there is none, with the reason in words
        InetSocketAddress choose() throws IOException;

        /// How others in the network write it.
        default String reached(InetSocketAddress chosen) {
            return chosen.getHostString() + ":" + chosen.getPort();
        }
    }
}
