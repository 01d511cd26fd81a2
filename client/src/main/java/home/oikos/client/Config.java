package home.oikos.client;

import java.net.URI;
import java.util.Optional;

/// Where an API server is and how to show who one is.
/// @param namespace the one that commands without a namespace mean
/// @param tls whom to trust and what to prove; ignored for plain http
public record Config(URI server, String namespace, Tls tls, Credentials credentials) {
    /// @param ca PEM of the authorities to trust; empty for the system's own
    /// @param serverName what the certificate must say instead of the address
    /// @param insecure trusts any certificate; only when the user's file says so
    public record Tls(Optional<String> ca, Optional<String> serverName, boolean insecure) { }

    /// How a client proves who it is.
    public sealed interface Credentials {
        /// Nothing: the server calls it anonymous.
        record None() implements Credentials { }

        record Token(String token) implements Credentials { }

        /// A token that is replaced in its file from time to time, as in a pod.
        record TokenFile(java.nio.file.Path file) implements Credentials { }

        /// PEM of a certificate chain and its private key.
        record Certificate(String chain, String key) implements Credentials { }
    }
}
