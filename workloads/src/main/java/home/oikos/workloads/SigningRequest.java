package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.controller.Condition;
import home.oikos.controller.Times;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A CertificateSigningRequest.
/// @param request PKCS #10 in PEM
/// @param validity how long the certificate is asked to be good for; empty when it does not say
/// @param decidedTime when it was approved, denied or found to be bad; empty while it waits
/// @param signed whether there is a certificate
record SigningRequest(Metadata metadata, String request, String signerName, List<String> usages, Optional<Duration> validity, boolean approved,
        boolean failed, Optional<Instant> decidedTime, boolean signed) {
    static final String CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";

    SigningRequest {
        usages = List.copyOf(usages);
    }

    static SigningRequest of(Json object) {
        var spec = object.at("spec");
        var conditions = object.at("status", "conditions");
        var seconds = spec.at("expirationSeconds").integer(0L);
        var decided = Stream.of("Approved", "Denied", "Failed").flatMap(type -> Condition.find(conditions, type).stream())
                .flatMap(condition -> Times.read(condition.at("lastTransitionTime")).stream()).min(Instant::compareTo);
        return new SigningRequest(Metadata.of(object), new String(Base64.getDecoder().decode(spec.at("request").text("")), StandardCharsets.UTF_8),
                spec.at("signerName").text(""), spec.at("usages").array().stream().map(usage -> usage.text("")).toList(),
                seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty(), Condition.isTrue(conditions, "Approved"),
                Condition.isTrue(conditions, "Failed"), decided, !object.at("status", "certificate").text("").isEmpty());
    }
}
