package home.oikos.workloads;

import java.time.Duration;

/// Who signs certificates of clients: the home's authority.
@FunctionalInterface
public interface CertificateSigner {
    /// @param request PKCS #10 in PEM
    /// @param validity how long the certificate is asked to be good for
    /// @return the certificate in PEM
    /// @throws IllegalArgumentException when the request cannot be signed, with the reason in words
    String sign(String request, Duration validity);
}
