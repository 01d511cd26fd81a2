package home.oikos.dashboard;

import home.oikos.pki.Fingerprint;
import java.util.function.Supplier;

/// What the page tells a stranger, so that a person can check whom the browser talks to.
/// @param homeName how this home is called
/// @param certificate the fingerprint of the certificate that browsers are shown now; asked for each time, since certificates are renewed
/// @param authorityPem the home's CA, which phones may install
public record PageFacts(String homeName, Supplier<Fingerprint> certificate, String authorityPem) { }
