package home.oikos.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// The addresses of one instance, a block of 1,024 out of 10.64.0.0/10 that nothing on this machine uses: 256 for pods, 256 for Services,
/// one for the instance itself, where pods reach the API and DNS. Chosen once and kept in a file of the data directory.
public record AddressPlan(Ipv4Range block) {
    private static final Ipv4Range POOL = Ipv4Range.parse("10.64.0.0/10");
    private static final int BLOCK_BITS = 22;
    private static final int BLOCKS = 1 << BLOCK_BITS - POOL.bits();

    /// Addresses of pods; the first is their gateway.
    public Ipv4Range pods() {
        return block.part(0, 24);
    }

    /// ClusterIPs.
    public Ipv4Range services() {
        return block.part(256, 24);
    }

    /// The instance's own address as pods see it.
    public String own() {
        return block.at(513);
    }

    /// The plan kept in the file; without one, a free block, which is then kept.
    public static AddressPlan keep(Path file, String id) {
        try {
            if (Files.exists(file)) return new AddressPlan(Ipv4Range.parse(Files.readString(file).strip()));
            var plan = choose(id, taken());
            var next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, plan.block() + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            return plan;
        } catch (IOException unusable) {
            throw new UncheckedIOException("address plan " + file, unusable);
        }
    }

    private static List<Ipv4Range> taken() {
        return Stream.concat(Links.addresses().stream(), Links.routes().stream()).toList();
    }

    /// The first free block, beginning at a place that differs from instance to instance.
    static AddressPlan choose(String id, List<Ipv4Range> taken) {
        int start = Math.floorMod(Integer.parseUnsignedInt(id, 16) * 0x9E3779B1, BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            var block = POOL.part((start + i) % BLOCKS << 32 - BLOCK_BITS, BLOCK_BITS);
            if (taken.stream().noneMatch(block::overlaps)) return new AddressPlan(block);
        }
        throw new IllegalStateException("no free block of addresses in " + POOL);
    }
}
