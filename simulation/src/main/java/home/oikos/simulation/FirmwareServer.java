package home.oikos.simulation;

import java.util.Map;

/// Where things ask for firmware.
///
/// @param url scheme, host and port, over the authority that signed the broker's certificate, too
/// @param tokens what each thing names itself with; one without a token does not ask
public record FirmwareServer(String url, Map<String, String> tokens) {
    public FirmwareServer {
        tokens = Map.copyOf(tokens);
    }
}
