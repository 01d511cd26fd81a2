package home.oikos.brewery;

import home.oikos.client.Informer;
import home.oikos.client.Resource;
import home.oikos.controller.ControllerGroup;
import home.oikos.home.Device;
import home.oikos.home.Hands;
import home.oikos.home.ResourceMap;

/// Adds the controller of batches to a group. It needs the rights to read Fermentations and Devices and the devices' history, to write the
/// status of Fermentations, to write events and to impersonate ServiceAccounts.
public final class Brewery {
    private static final String COMPONENT = "oikos-brewery";
    private static final Resource DEVICES = Resource.namespaced(Fermentation.RESOURCE.apiVersion(), "devices", "Device");

    private Brewery() { }

    public static void addTo(ControllerGroup group) {
        var claims = group.watch(Informer.Scope.all(Fermentation.RESOURCE), Claim.READER);
        var devices = group.watch(Informer.Scope.all(DEVICES), Device.READER);
        var client = group.client().fieldManager(COMPONENT);
        var deeds = new Deeds(client, new Hands(group.client(), group.events(COMPONENT), new ResourceMap(group.client())));
        var reconciler = new FermentationReconciler(client, claims, new Traces(new Readings(client, devices)), deeds, group.clock());
        group.add("fermentations", reconciler).on(claims);
    }
}
