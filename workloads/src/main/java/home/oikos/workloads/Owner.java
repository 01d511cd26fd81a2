package home.oikos.workloads;

import home.oikos.api.Json;
import java.util.ArrayList;
import java.util.List;

/// An owner reference.
/// @param controller whether this is the one owner that manages the object
/// @param blocking whether a foreground deletion of the owner waits for this object
record Owner(String apiVersion, String kind, String name, String uid, boolean controller, boolean blocking) {
    static List<Owner> allOf(Json metadata) {
        var owners = new ArrayList<Owner>();
        for (var reference : metadata.at("ownerReferences").array()) owners.add(of(reference));
        return owners;
    }

    private static Owner of(Json reference) {
        return new Owner(reference.at("apiVersion").text(""), reference.at("kind").text(""), reference.at("name").text(""),
                reference.at("uid").text(""), reference.at("controller").bool(false), reference.at("blockOwnerDeletion").bool(false));
    }
}
