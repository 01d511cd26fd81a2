package home.oikos.rollout;

import home.oikos.rollout.Member.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is asked of a device. Follows from a state that is on the disk, again and again until it is done: a restart between the two loses nothing.
sealed interface Order {
    Appliance device();

    /// @param wish what it is to run
    /// @param downgrade whether an older version is meant
    record Offer(Appliance device, Wish wish, boolean downgrade) implements Order { }

    /// It shall not take up what it was offered.
    record Withdraw(Appliance device) implements Order { }

    /// Nothing while the rollout is paused.
    static List<Order> of(Rollout rollout, RolloutState state, Fleet fleet) {
        var orders = new ArrayList<Order>();
        if (rollout.will().paused()) return orders;
        for (var member : state.members().values()) {
            var device = fleet.selected().get(member.name());
            if (device != null) of(rollout, state, member, device).ifPresent(orders::add);
        }
        return orders;
    }

    private static Optional<Order> of(Rollout rollout, RolloutState state, Member member, Appliance device) {
        var order = member.order();
        boolean isWished = device.wish().equals(order);
        boolean isLater = device.wish().attempt() >= order.attempt();
        if (member.is(Phase.Updating) && !isLater) return Optional.of(new Offer(device, order, rollout.isDowngradeMeant()));
        if (member.is(Phase.RollingBack) && !order.isNothing() && !isLater) return Optional.of(new Offer(device, order, true));
        boolean isBad = member.is(Phase.RollingBack) && order.isNothing() && device.wish().firmwareName().equals(state.firmwareName());
        return member.is(Phase.Withdrawing) && isWished || isBad ? Optional.of(new Withdraw(device)) : Optional.empty();
    }
}
