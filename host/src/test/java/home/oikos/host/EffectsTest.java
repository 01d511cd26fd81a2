package home.oikos.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectsTest {
    @TempDir
    Path dir;

    @Test
    void everyEffectIsReadAsItWasWritten() {
        var all = List.of(new Effect.TableMade("oikos_1"), new Effect.AddressAdded("10.70.6.1/32", "lo"),
                new Effect.SettingChanged(Path.of("/proc/sys/net/ipv4/ip_forward"), "0"), new Effect.MountsMade(Path.of("/run/oikos/1")),
                new Effect.CgroupMade("/oikos-1"), new Effect.LinksMade("ok1"));
        var effects = new Effects(dir);
        all.forEach(effects::remember);
        all.forEach(effects::remember);
        assertEquals(all, new Effects(dir).list());
    }

    @Test
    void aSettingGoesBackToWhatItWasBeforeTheFirstChange() throws Exception {
        var setting = Files.writeString(dir.resolve("setting"), "first\n");
        var effects = new Effects(dir);
        effects.set(setting, "second");
        effects.set(setting, "third");
        effects.undoAll();
        assertEquals("first", Files.readString(setting));
        assertTrue(effects.list().isEmpty());
    }

    @Test
    void aSettingThatTwoHomesNeedGoesBackWithTheLastOfThem() throws Exception {
        var setting = Files.writeString(dir.resolve("setting"), "0");
        var first = new Effects(Files.createDirectories(dir.resolve("homes/one")));
        var second = new Effects(Files.createDirectories(dir.resolve("homes/two")));
        first.set(setting, "1");
        second.set(setting, "1");
        first.undoAll();
        assertEquals("1", Files.readString(setting));
        second.undoAll();
        assertEquals("0", Files.readString(setting));
    }

    @Test
    void theTableOfAnInstanceComesAndGoesWhole() {
        var nft = Nftables.OF_THE_MACHINE;
        var effects = new Effects(dir);
        effects.remember(new Effect.TableMade("oikos_test"));
        nft.replace("oikos_test", "chain one { }");
        nft.replace("oikos_test", "chain two { }");
        assertFalse(nft.show("oikos_test").contains("one"));
        assertTrue(nft.show("oikos_test").contains("two"));
        effects.undoAll();
        assertFalse(nft.exists("oikos_test"));
    }

    @Test
    void aFirewallThatDropsWhatThePodsSendIsNamed() {
        var lines = List.of("table ip filter {", "\tchain FORWARD {", "\t\ttype filter hook forward priority filter; policy drop;", "\t}",
                "\tchain INPUT {", "\t\ttype filter hook input priority filter; policy drop;", "\t}", "}");
        assertEquals(List.of("ip filter FORWARD"), Nftables.foreignDrops(lines));
        assertEquals(List.of(), Nftables.foreignDrops(List.of()));
    }

    @Test
    void anAddressAndMountsAreTakenBack() throws Exception {
        var effects = new Effects(dir);
        var folder = Files.createDirectories(dir.resolve("with space"));
        effects.remember(new Effect.MountsMade(folder));
        effects.remember(new Effect.AddressAdded("10.127.255.253/32", "lo"));
        Mounts.tmpfs(folder, 1 << 20, "0755");
        Links.addAddress("10.127.255.253/32", "lo");
        Links.addAddress("10.127.255.253/32", "lo");
        assertEquals(List.of(folder), Mounts.under(folder));
        effects.undoAll();
        assertEquals(List.of(), Mounts.under(folder));
        assertFalse(Links.addresses().contains(Ipv4Range.parse("10.127.255.253")));
    }
}
