package home.oikos.driver;

import home.oikos.api.ObjectKey;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;

/// Who may fetch an image.
///
/// @param addresses where it fetches from; without any, whoever knows the place
/// @param within how long the place is good
public record ImageRecipient(ObjectKey device, Set<InetAddress> addresses, Duration within) {
    public ImageRecipient {
        addresses = Set.copyOf(addresses);
    }
}
