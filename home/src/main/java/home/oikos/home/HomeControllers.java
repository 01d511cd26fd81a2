package home.oikos.home;

import home.oikos.api.ObjectKey;
import home.oikos.cel.CelException;
import home.oikos.cel.CelPrograms;
import home.oikos.client.Cache;
import home.oikos.client.Informer;
import home.oikos.controller.ControllerGroup;
import java.util.List;

/// Adds the controllers of the home kinds to a group. They need the rights of `oikos home`: read home kinds and their status, write their
/// status, write events, impersonate ServiceAccounts.
public final class HomeControllers {
    private static final String COMPONENT = "oikos-home";

    private HomeControllers() { }

    public static void addTo(ControllerGroup group) {
        var devices = group.watch(Informer.Scope.all(Kinds.DEVICES), Device.READER);
        var resources = new ResourceMap(group.client());
        reactions(group, devices, resources);
        scalers(group, devices, resources);
    }

    private static void reactions(ControllerGroup group, Cache<Device> devices, ResourceMap resources) {
        var reactions = group.watch(Informer.Scope.all(Kinds.REACTIONS), Reaction::read);
        var programs = CelPrograms.workloads();
        var hands = new Hands(group.client(), group.events(COMPONENT), resources);
        var sight = new Sight(group.client(), devices, resources);
        var reconciler = new ReactionReconciler(group.client().fieldManager(COMPONENT), reactions, programs, sight, hands, group.clock());
        group.add("reactions", reconciler).on(reactions).on(devices, (device, _) -> reading(reactions, programs, device));
    }

    private static List<ObjectKey> reading(Cache<Reaction> reactions, CelPrograms programs, ObjectKey device) {
        return reactions.all().stream().filter(reaction -> reads(programs, reaction, device)).map(Reaction::key).toList();
    }

    private static boolean reads(CelPrograms programs, Reaction reaction, ObjectKey device) {
        try {
            return Sight.reads(programs.compile(reaction.when()).references(), reaction.key().namespace(), device);
        } catch (CelException wrong) {
            return false;
        }
    }

    private static void scalers(ControllerGroup group, Cache<Device> devices, ResourceMap resources) {
        var scalers = group.watch(Informer.Scope.all(Kinds.SCALERS), Scaler::read);
        var reconciler = new ScalerReconciler(group.client().fieldManager(COMPONENT), devices, resources, group.events(COMPONENT), group.clock());
        group.add("scalers", reconciler).on(scalers).on(devices, (device, _) -> reading(scalers, device));
    }

    private static List<ObjectKey> reading(Cache<Scaler> scalers, ObjectKey device) {
        return scalers.all().stream().filter(scaler -> scaler.triggers().stream()
                .anyMatch(trigger -> trigger instanceof ScaleTrigger.Telemetry telemetry && telemetry.device().equals(device))).map(Scaler::key).toList();
    }
}
