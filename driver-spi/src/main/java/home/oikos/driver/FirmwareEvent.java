package home.oikos.driver;

/// What a device says of its firmware. Those with an `actionId` are about that update; when it is over nothing follows from them.
public sealed interface FirmwareEvent {
    /// It is there: it asked whether there is something for it, or answered when it was asked. Told now and then as long as that is so.
    record Here() implements FirmwareEvent { }

    /// It runs this version.
    /// @param hardwareId its hardware; empty when it does not say
    record Running(String version, String hardwareId) implements FirmwareEvent { }

    /// It has taken the offer up: from here on it may change.
    record TakenUp(int actionId) implements FirmwareEvent { }

    /// So much of the image has left for it.
    record Loaded(int actionId, int percent) implements FirmwareEvent { }

    /// It has the whole image and writes it.
    record Writing(int actionId) implements FirmwareEvent { }

    /// It has written the image and has to come back.
    record Written(int actionId) implements FirmwareEvent { }

    /// It is back and says that it is well.
    record Done(int actionId) implements FirmwareEvent { }

    /// It could not, and says why.
    record Failed(int actionId, String why) implements FirmwareEvent { }

    /// It has stopped, as it was asked to.
    record Stopped(int actionId) implements FirmwareEvent { }

    /// It goes on although it was asked to stop.
    record GoesOn(int actionId) implements FirmwareEvent { }
}
