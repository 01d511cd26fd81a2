package home.oikos.rollout;

import home.oikos.api.ObjectKey;
import home.oikos.cel.CelPrograms;
import home.oikos.client.Informer;
import home.oikos.controller.Controller;
import home.oikos.controller.ControllerGroup;
import home.oikos.home.Device;
import home.oikos.home.ResourceMap;
import home.oikos.home.Sight;

/// Adds the controller of rollouts to a group. It needs the rights to read FirmwareRollouts, Firmwares and Devices, to write the status of FirmwareRollouts,
/// to write events and to impersonate ServiceAccounts.
public final class Rollouts {
    private static final String COMPONENT = "oikos-rollout";

    private Rollouts() { }

    public static void addTo(ControllerGroup group) {
        var caches = new Caches(group.watch(Informer.Scope.all(Rollout.RESOURCE), Rollout::read),
                group.watch(Informer.Scope.all(RolloutReconciler.DEVICES), Appliance.READER),
                group.watch(Informer.Scope.all(RolloutReconciler.FIRMWARES), Image::read));
        var programs = CelPrograms.aboutDevice();
        var sight = new Sight(group.client(), group.watch(Informer.Scope.all(RolloutReconciler.DEVICES), Device.READER), new ResourceMap(group.client()));
        var reconciler = new RolloutReconciler(group.client().fieldManager(COMPONENT), caches, programs, sight, group.events(COMPONENT), group.clock());
        var controller = group.add("rollouts", reconciler).on(caches.rollouts());
        caches.rollouts().onChange((key, before, after) -> call(controller, caches, key, isOthersBusiness(before, after)));
        caches.images().onChange((key, _, _) -> call(controller, caches, key, true));
        caches.devices().onChange((key, before, after) -> call(controller, caches, key, isNews(before, after)));
    }

    /// @param all whether those are concerned, too, that are at rest
    private static void call(Controller controller, Caches caches, ObjectKey changed, boolean all) {
        caches.rollouts().all().stream().filter(rollout -> rollout.key().namespace().equals(changed.namespace()))
                .filter(rollout -> all || rollout.isAtWork())
                .forEach(rollout -> controller.queue().add(rollout.key()));
    }

    /// Whether more changed of a device than what it measures.
    private static boolean isNews(Appliance before, Appliance after) {
        return before == null || after == null || before.away() != after.away() || !before.version().equals(after.version())
                || !before.update().unconfirmed().equals(after.update().unconfirmed()) || !before.labels().equals(after.labels())
                || !before.modelName().equals(after.modelName()) || before.isBusy() != after.isBusy();
    }

    /// Whether another rollout may have a say in other devices now.
    private static boolean isOthersBusiness(Rollout before, Rollout after) {
        return before == null || after == null || !before.firmwareName().equals(after.firmwareName()) || !before.selector().equals(after.selector());
    }
}
