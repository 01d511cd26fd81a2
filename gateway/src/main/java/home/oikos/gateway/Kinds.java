package home.oikos.gateway;

import home.oikos.client.Resource;

/// The home kinds as the client addresses them.
final class Kinds {
    static final String GROUP_VERSION = "oikos.home/v1alpha1";
    static final Resource DEVICES = Resource.namespaced(GROUP_VERSION, "devices", "Device");
    static final Resource DEVICE_MODELS = Resource.clusterScoped(GROUP_VERSION, "devicemodels", "DeviceModel");
    static final Resource FIRMWARES = Resource.namespaced(GROUP_VERSION, "firmwares", "Firmware");
    static final Resource FIRMWARE_ROLLOUTS = Resource.namespaced(GROUP_VERSION, "firmwarerollouts", "FirmwareRollout");
    static final Resource INTERLOCKS = Resource.namespaced(GROUP_VERSION, "interlocks", "Interlock");
    static final Resource REACTIONS = Resource.namespaced(GROUP_VERSION, "reactions", "Reaction");
    static final Resource SCALERS = Resource.namespaced(GROUP_VERSION, "scalers", "Scaler");

    private Kinds() { }
}
