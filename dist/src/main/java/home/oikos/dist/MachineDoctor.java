package home.oikos.dist;

import home.oikos.cli.Home;
import home.oikos.cli.MachineCheck;
import home.oikos.host.CommandException;
import home.oikos.host.Effects;
import home.oikos.host.Firewall;
import home.oikos.host.Instance;
import home.oikos.host.ProgramVersion;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What doctor finds on the machine of a home that runs containers: programs that are too old, and firewalls of others that keep pods from
/// reaching anybody.
record MachineDoctor(Home home) implements MachineCheck {
    /// Debian 12 has these; what is older speaks another CRI or lacks what pods ask for.
    private static final Map<String, ProgramVersion> OLDEST = new TreeMap<>(Map.of("containerd", new ProgramVersion(1, 6),
            "runc", new ProgramVersion(1, 1)));

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        OLDEST.forEach((program, oldest) -> ProgramVersion.of(program).filter(found -> found.compareTo(oldest) < 0)
                .ifPresent(found -> problems.add(old(program, found, oldest))));
        var instance = Instance.of(home.data());
        boolean hasPods = Files.isDirectory(instance.runDir()) && Files.isDirectory(instance.dataDir().resolve("containerd"));
        if (hasPods) firewall(instance, problems);
        return problems;
    }

    static Problem old(String program, ProgramVersion found, ProgramVersion oldest) {
        return new Problem("%s %s is too old to run pods: %s or newer is needed".formatted(program, found, oldest),
                "apt-get install --only-upgrade " + program, Optional.empty());
    }

    /// Only root may look at the rules of the machine; others are told nothing rather than something wrong.
    private static void firewall(Instance instance, List<Problem> problems) {
        try {
            var firewall = Firewall.of(instance, NodeRoom.addresses(instance));
            for (var chain : firewall.blocking()) {
                problems.add(new Problem("the firewall chain %s (not ours) drops what pods send".formatted(chain),
                        "two rules in that chain let pods through; down takes them away again",
                        Optional.of(() -> firewall.open(chain, new Effects(instance.runDir())))));
            }
        } catch (CommandException notAllowed) {
            // Without root, or without nft, the pods of this home do not run anyway.
        }
    }
}
