package home.oikos.dashboard;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;

/// The OneTimePassword of an account, as far as its login cares.
/// @param uid what a session remembers of it
/// @param shown whether its secret was shown to somebody
/// @param used whether a code of this secret, or of its paper, was accepted already
/// @param enrolledTime when a first code was accepted; empty before
/// @param locked whether only a code on paper helps
record SecondFactor(ObjectKey key, String uid, boolean revoked, boolean shown, boolean used, String enrolledTime, boolean locked, int recoveryCodesLeft) {
    static SecondFactor of(Json object) {
        var status = object.at("status");
        return new SecondFactor(ObjectKey.of(object), object.at("metadata", "uid").text(""), object.at("spec", "policy").text("").equals("Revoked"),
                status.at("shownTime").isPresent(), status.at("usedTime").isPresent(), status.at("enrolledTime").text(""),
                status.at("phase").text("").equals("Locked"), status.at("recoveryCodesLeft").integer(0));
    }

    /// Whether its account's login asks for a code.
    boolean asks() {
        return !revoked && !enrolledTime.isEmpty();
    }

    /// Whether a secret was shown that nobody has answered to yet.
    boolean waits() {
        return !revoked && shown && !used;
    }
}
