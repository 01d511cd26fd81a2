package home.oikos.gateway;

import home.oikos.gateway.FirmwareState.Target;

/// What is wanted of a device's firmware just now.
sealed interface FirmwareWish {
    /// Nothing: it is left as it is.
    record Nothing() implements FirmwareWish { }

    /// This, and it can be offered.
    record Ready(Target target) implements FirmwareWish { }

    /// This, and something is missing that may come.
    record NotReady(Target target, String why) implements FirmwareWish { }

    /// This, and the rules say no.
    record Refused(Target target, String why) implements FirmwareWish { }

    /// Whether it is about what the state has in work or has attempted.
    default boolean isFor(FirmwareState state) {
        return switch (this) {
            case Nothing _ -> false;
            case Ready(var target) -> state.target().isSame(target.firmwareName(), target.attempt());
            case NotReady(var target, _) -> state.target().isSame(target.firmwareName(), target.attempt());
            case Refused(var target, _) -> state.target().isSame(target.firmwareName(), target.attempt());
        };
    }
}
