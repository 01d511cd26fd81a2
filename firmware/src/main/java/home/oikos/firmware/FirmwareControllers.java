package home.oikos.firmware;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Informer;
import home.oikos.client.Resource;
import home.oikos.controller.ControllerGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Adds what looks after images to a group. It needs the rights to read Firmwares and DeviceModels and to write the status of Firmwares.
public final class FirmwareControllers {
    private static final String COMPONENT = "oikos-firmware";
    private static final Resource MODELS = Resource.clusterScoped(Firmware.RESOURCE.apiVersion(), "devicemodels", "DeviceModel");
    private static final Function<Json, Firmware> FIRMWARE = Firmware::read;
    private static final Function<Json, Signers> SIGNERS = model -> Signers.read(model.at("spec", "firmware"));

    private FirmwareControllers() { }

    /// @param group not started yet
    public static void addTo(ControllerGroup group, ContentStore store, Rules rules) {
        var firmwares = group.watch(Informer.Scope.all(Firmware.RESOURCE), FIRMWARE);
        var signers = group.watch(Informer.Scope.all(MODELS), SIGNERS);
        var byModel = firmwares.index(firmware -> List.of(firmware.modelName()));
        var byDigest = firmwares.index(firmware -> List.of(firmware.sha256()));
        var reconciler = new FirmwareReconciler(group.client().fieldManager(COMPONENT), firmwares, signers, store, rules, group.clock());
        var firmware = group.add("firmwares", reconciler).on(firmwares).on(signers, (model, _) -> byModel.keys(model.name()));
        store.onStored(digest -> byDigest.keys(digest).forEach(firmware.queue()::add));
        var collector = group.add("firmware bytes", new ContentCollector(firmwares, store, group.clock()))
                .on(firmwares, (_, _) -> List.of(ContentCollector.ALL));
        collector.queue().add(ContentCollector.ALL);
    }

    /// What the API holds of a Firmware now.
    public static Optional<Firmware> find(ApiClient client, ObjectKey key) {
        return client.find(Firmware.RESOURCE, key).map(Firmware::read);
    }
}
