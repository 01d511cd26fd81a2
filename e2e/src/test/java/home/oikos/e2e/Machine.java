package home.oikos.e2e;

import home.oikos.host.Command;
import home.oikos.host.NetworkSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// A machine of a test's own, as far as the network goes: a name space with loopback and one cable to this host, where nothing but the
/// [PackageMirror] answers. Closing it ends every process in it, whatever the test did.
final class Machine implements AutoCloseable {
    /// A home needs its build, a test its shell: both are quick; fetching packages is not.
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(5);
    private static final SplittableRandom RANDOM = new SplittableRandom();

    private final String name;
    private final String link;
    private final String address;
    private final String near;
    private PackageMirror mirror;
    private final Thread atExit = new Thread(this::destroy);

    private Machine(String name, String link, String network) throws IOException {
        this.name = name;
        this.link = link;
        this.address = network + ".2";
        this.near = network + ".1";
        Runtime.getRuntime().addShutdownHook(atExit);
        ip("netns add " + name);
        ip("-n " + name + " link set lo up");
        ip("link add " + link + " type veth peer name eth0 netns " + name);
        ip("addr add " + near + "/30 dev " + link);
        ip("link set " + link + " up");
        ip("-n " + name + " addr add " + address + "/30 dev eth0");
        ip("-n " + name + " link set eth0 up");
        ip("-n " + name + " route add default via " + near);
        mirror = PackageMirror.start(near);
        likeFreshDebian();
    }

    static Machine create() throws IOException {
        int number = RANDOM.nextInt(1, 16_000);
        return new Machine("oikos-e2e-" + number, "e2e" + number, "10.%d.%d".formatted(192 + number / 250 % 60, number % 250));
    }

    /// Where br_netfilter is not loaded, packets between pods bypass nftables: a home must not need it.
    private void likeFreshDebian() {
        command("sh", "-c", "for f in /proc/sys/net/bridge/bridge-nf-call-*tables; do [ ! -e $f ] || echo 0 >$f; done").run();
    }

    private static void ip(String words) {
        Command.of(("ip " + words).split(" ")).run();
    }

    String name() {
        return name;
    }

    /// Where this process reaches it.
    String address() {
        return address;
    }

    /// Where it reaches this process.
    String near() {
        return near;
    }

    NetworkSpace network() {
        return new NetworkSpace(Path.of("/run/netns", name));
    }

    /// A command that runs on this machine.
    Command command(String... words) {
        return Command.of("nsenter", "--net=/run/netns/" + name).with(words).variable("http_proxy", mirror.url()).within(COMMAND_TIMEOUT);
    }

    /// Every process in this name space.
    List<Long> processes() {
        return Command.of("ip", "netns", "pids", name).tryRun().lines().stream().map(Long::parseLong).toList();
    }

    List<String> nftables() {
        return command("nft", "list", "tables").run().lines();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        destroy();
    }

    private void destroy() {
        for (int round = 0; round < 3; round++) {
            for (var pid : processes()) Command.of("kill", "-9", pid.toString()).tryRun();
        }
        Command.of("ip", "netns", "del", name).tryRun();
        Command.of("ip", "link", "del", link).tryRun();
        if (mirror != null) mirror.close();
    }

    /// A port that nothing on this fresh machine has.
    static int port() {
        return RANDOM.nextInt(20_000, 30_000);
    }

    static boolean has(String program) {
        return Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/go/bin").anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
