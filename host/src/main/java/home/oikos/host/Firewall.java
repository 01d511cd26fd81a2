package home.oikos.host;

import java.util.List;

/// The machine's own firewall, as far as it stands in the way of pods: chains of others that drop what is passed on, and the two rules of
/// ours that let pods through. The rules carry the instance's name, by which `down` finds them.
/// @param pods the addresses of pods
/// @param name what the rules are marked with
public record Firewall(Nftables nftables, Ipv4Range pods, String name) {
    public static Firewall of(Instance instance, AddressPlan addresses) {
        return new Firewall(Nftables.OF_THE_MACHINE, addresses.pods(), instance.prefix());
    }

    /// The chains that drop what pods send, each as in `ip filter FORWARD`.
    public List<String> blocking() {
        return nftables.foreignDrops().stream().filter(chain -> nftables.marked(chain, name).isEmpty()).toList();
    }

    /// Lets pods through such a chain. The rules stand first: what drops comes after them.
    /// @param effects where the change is written down before it is made
    public void open(String chain, Effects effects) {
        effects.remember(new Effect.RulesAdded(chain, name));
        nftables.accept(chain, "ip saddr " + pods, name);
        nftables.accept(chain, "ip daddr " + pods, name);
    }
}
