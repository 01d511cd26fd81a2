package home.oikos.workloads;

import home.oikos.api.Json;

/// A StorageClass.
/// @param waits whether its claims are bound only once a pod uses them
record VolumeClass(String name, String provisioner, boolean waits) {
    private static final String NOBODY = "kubernetes.io/no-provisioner";

    static VolumeClass of(Json object) {
        return new VolumeClass(object.at("metadata", "name").text(""), object.at("provisioner").text(""),
                object.at("volumeBindingMode").text("").equals("WaitForFirstConsumer"));
    }

    boolean makesVolumes() {
        return !provisioner.equals(NOBODY);
    }
}
