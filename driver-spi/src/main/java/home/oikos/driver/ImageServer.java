package home.oikos.driver;

import java.io.IOException;
import java.util.function.IntConsumer;

/// Hands images over plain HTTP to devices that cannot check who this home is: each at a place that nobody can guess, to that device alone, once, in time.
/// Any thread may call it.
public interface ImageServer {
    /// Opens a place for a device. A port listens for as long as a place is open.
    ///
    /// @param left told how many percent of the image have left, in steps; 100 once every byte of it has
    /// @throws IOException when there is no room for another
    ImagePlace open(ImageRecipient recipient, FirmwareImage image, IntConsumer left) throws IOException;
}
