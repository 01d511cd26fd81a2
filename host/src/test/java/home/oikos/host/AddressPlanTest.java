package home.oikos.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressPlanTest {
    @Test
    void aBlockInUseIsPassedOver() {
        var first = AddressPlan.choose("0000002a", List.of());
        var second = AddressPlan.choose("0000002a", List.of(Ipv4Range.parse(first.pods().at(7))));
        assertNotEquals(first, second);
        assertFalse(first.block().overlaps(second.block()));
    }

    @Test
    void podsServicesAndTheInstanceDoNotOverlap() {
        var plan = new AddressPlan(Ipv4Range.parse("10.70.4.0/22"));
        assertEquals("10.70.4.0/24", plan.pods().toString());
        assertEquals("10.70.5.0/24", plan.services().toString());
        assertEquals("10.70.6.1", plan.own());
    }

    @Test
    void aKeptPlanStaysEvenWhenItsBlockIsInUse(@TempDir Path dir) {
        var plan = AddressPlan.keep(dir.resolve("network"), "deadbeef");
        assertEquals(plan, AddressPlan.keep(dir.resolve("network"), "00000001"));
    }

    @Test
    void rangesOverlapWhenOneHoldsTheOther() {
        var wide = Ipv4Range.parse("10.64.0.0/10");
        assertTrue(wide.overlaps(Ipv4Range.parse("10.100.1.2")));
        assertTrue(Ipv4Range.parse("10.100.1.2").overlaps(wide));
        assertFalse(wide.overlaps(Ipv4Range.parse("10.128.0.0/16")));
        assertTrue(Ipv4Range.parse("0.0.0.0/0").overlaps(wide));
        assertTrue(wide.contains("10.127.255.255"));
        assertFalse(wide.contains("10.128.0.0"));
    }
}
