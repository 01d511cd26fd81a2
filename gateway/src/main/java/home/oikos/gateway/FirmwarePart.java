package home.oikos.gateway;

import home.oikos.driver.FirmwareChannel;
import java.util.List;
import java.util.stream.Stream;

/// What the gateway needs to update firmware.
/// @param tokenNamespaces whose Secrets of type [TokenSecrets#FIRMWARE] devices name themselves with
public record FirmwarePart(List<FirmwareChannel> channels, FirmwareRules rules, List<String> tokenNamespaces) {
    /// For a home that updates nothing.
    public static final FirmwarePart NONE = new FirmwarePart(List.of(), FirmwareRules.NONE, List.of());

    public FirmwarePart {
        channels = List.copyOf(channels);
        tokenNamespaces = List.copyOf(tokenNamespaces);
    }

    /// More channels beside these.
    public FirmwarePart with(List<FirmwareChannel> others) {
        return new FirmwarePart(Stream.concat(channels.stream(), others.stream()).toList(), rules, tokenNamespaces);
    }
}
