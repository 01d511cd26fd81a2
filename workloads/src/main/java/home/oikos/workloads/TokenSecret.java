package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import java.util.List;

/// A Secret that is to hold a ServiceAccount's token.
/// @param accountUid whose token it holds; empty before it holds one
/// @param filled whether nothing is missing in it
record TokenSecret(Metadata metadata, String accountName, String accountUid, boolean filled) {
    static final String TYPE = "kubernetes.io/service-account-token";
    static final String ACCOUNT_NAME = "kubernetes.io/service-account.name";
    static final String ACCOUNT_UID = "kubernetes.io/service-account.uid";

    static TokenSecret of(Json object) {
        var metadata = Metadata.of(object);
        return new TokenSecret(metadata, metadata.annotations().getOrDefault(ACCOUNT_NAME, ""), metadata.annotations().getOrDefault(ACCOUNT_UID, ""),
                List.of("ca.crt", "namespace", "token").stream().allMatch(key -> !object.at("data", key).text("").isEmpty()));
    }

    ObjectKey account() {
        return new ObjectKey(metadata.key().namespace(), accountName);
    }
}
