package home.oikos.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In a network of its own, so that nobody's packets are dropped.
class FirewallTest {
    private static final String NETWORK = "oikosfirewall";
    private final Nftables nftables = new Nftables(NETWORK);
    private final Firewall firewall = new Firewall(nftables, Ipv4Range.parse("10.70.4.0/24"), "oikos-test");

    @BeforeEach
    void makeNetwork() {
        Command.of("ip", "netns", "add", NETWORK).run();
        Command.of("ip", "netns", "exec", NETWORK, "nft", "-f", "-").input(
                "table ip filter { chain FORWARD { type filter hook forward priority 0; policy drop; ct state established accept; }; }\n").run();
    }

    @AfterEach
    void removeNetwork() {
        Command.of("ip", "netns", "del", NETWORK).run();
    }

    @Test
    void aChainThatDropsIsOpenedForPodsInFrontAndLeftAsItWas(@TempDir Path runDir) {
        var before = chain();
        assertEquals(List.of("ip filter FORWARD"), firewall.blocking());
        var effects = new Effects(runDir);
        firewall.open("ip filter FORWARD", effects);
        assertEquals(List.of(), firewall.blocking());
        var shown = chain();
        assertTrue(shown.indexOf("ip saddr 10.70.4.0/24 accept") < shown.indexOf("ct state established"), shown);
        assertEquals(List.of(new Effect.RulesAdded("ip filter FORWARD", "oikos-test")), effects.list());
        nftables.deleteMarked("ip filter FORWARD", "oikos-test");
        assertEquals(before, chain());
    }

    @Test
    void versionsAreReadFromWhatProgramsSay() {
        assertEquals(Optional.of(new ProgramVersion(1, 6)), ProgramVersion.parse("containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20"));
        assertEquals(Optional.of(new ProgramVersion(1, 1)), ProgramVersion.parse("runc version 1.1.5+ds1\ncommit: 1.1.5"));
        assertTrue(new ProgramVersion(1, 10).compareTo(new ProgramVersion(1, 6)) > 0);
        assertEquals(Optional.empty(), ProgramVersion.of("no-such-program"));
    }

    private static String chain() {
        return Command.of("ip", "netns", "exec", NETWORK, "nft", "list", "chain", "ip", "filter", "FORWARD").run().text();
    }
}
