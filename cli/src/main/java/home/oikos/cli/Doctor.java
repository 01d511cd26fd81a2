package home.oikos.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `doctor`: what is wrong, in words, with the fix. It looks at the machine as well as at the home, and changes nothing without a yes.
@Command(name = "doctor", description = "what is wrong and how to mend it")
public final class Doctor implements Callable<Integer> {
    /// Programs the home needs and the package that brings each.
    private static final List<List<String>> PROGRAMS = List.of(List.of("/usr/bin/containerd", "containerd"), List.of("/usr/sbin/runc", "runc"),
            List.of("/usr/sbin/nft", "nftables"), List.of("/usr/lib/cni/ptp", "containernetworking-plugins"), List.of("/usr/sbin/mosquitto", "mosquitto"));
    /// Below this a home cannot write snapshots of its store beside the old ones.
    private static final long FREE_BYTES_MIN = 200L << 20;

    @Mixin
    private final Home home;
    private final Screen screen;
    private final MachineCheck check;

    @Option(names = "--yes", description = "mend what can be mended without asking")
    private boolean yes;

    /// @param check looks at the machine itself
    public Doctor(Home home, Screen screen, MachineCheck check) {
        this.home = home;
        this.screen = screen;
        this.check = check;
    }

    @Override
    public Integer call() {
        var findings = new ArrayList<>(machine());
        var problems = check.problems();
        problems.forEach(problem -> findings.add(new Findings.Finding(problem.what(), problem.fix())));
        try {
            findings.addAll(Findings.of(home.client()));
        } catch (Refusal refused) {
            findings.add(new Findings.Finding(refused.getMessage(), ""));
        } catch (UncheckedIOException away) {
            findings.add(new Findings.Finding("the home in " + home.data() + " does not answer" + reason(away),
                    "./oikos up starts it; " + home.data() + "/oikos.log says why it ended"));
        }
        if (findings.isEmpty()) screen.out().println("Nothing is wrong that I can see.");
        else tell(findings);
        screen.out().println("Keys: " + keys());
        problems.forEach(this::offer);
        return findings.isEmpty() ? 0 : 1;
    }

    /// The JDK says nothing of a connection that was simply refused.
    private static String reason(UncheckedIOException away) {
        var said = away.getCause().getMessage();
        return said == null ? "" : ": " + said;
    }

    /// Mends after a yes; without a terminal nobody can say it, but `--yes` does.
    private void offer(MachineCheck.Problem problem) {
        if (problem.mend().isEmpty() || !yes && (System.console() == null || !agrees(problem))) return;
        problem.mend().get().run();
        screen.out().println("done: " + problem.fix());
    }

    private boolean agrees(MachineCheck.Problem problem) {
        var answer = System.console().readLine("%s%nShall I do that now? [Y/n] ", problem.fix());
        return answer != null && !answer.strip().toLowerCase(Locale.ROOT).startsWith("n");
    }

    private void tell(List<Findings.Finding> findings) {
        screen.out().println(Words.count(findings.size(), "thing") + (findings.size() == 1 ? " needs you" : " need you"));
        for (var finding : findings) {
            screen.out().println("  " + finding.what());
            if (!finding.fix().isEmpty()) screen.out().println("  fix     " + finding.fix());
        }
    }

    private List<Findings.Finding> machine() {
        var findings = new ArrayList<Findings.Finding>();
        for (var program : PROGRAMS) {
            if (Files.exists(Path.of(program.getFirst()))) continue;
            findings.add(new Findings.Finding("%s is not installed".formatted(program.getLast()), "apt-get install " + program.getLast()));
        }
        long free = home.data().toFile().getUsableSpace();
        if (Files.isDirectory(home.data()) && free < FREE_BYTES_MIN) {
            findings.add(new Findings.Finding("only %d MB are free in %s".formatted(free >> 20, home.data()),
                    "make room: the home stops writing when the disk is full"));
        }
        return findings;
    }

    private String keys() {
        return Files.exists(home.data().resolve("keys/root"))
                ? "the root key lies in " + home.data() + "/keys/root. That protects a stolen backup or a disk without that folder, not a stolen box."
                : "the root key is kept elsewhere; a stolen box stays shut without it.";
    }
}
