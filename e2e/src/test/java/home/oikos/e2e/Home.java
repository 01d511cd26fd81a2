package home.oikos.e2e;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Yaml;
import home.oikos.client.ApiClient;
import home.oikos.client.Call;
import home.oikos.client.Kubeconfig;
import home.oikos.client.NetworkTransport;
import home.oikos.host.Command;
import home.oikos.host.Command.Output;
import home.oikos.host.Instance;
import home.oikos.host.ProcessIdentity;
import home.oikos.simulation.HouseControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One home on a [Machine]: a data directory and the script. Closing it takes the home down and, whatever happened, leaves nothing.
final class Home implements AutoCloseable {
    private static final Build BUILD = Build.find();

    private final Machine machine;
    private final Path data;
    private final Instance instance;
    private final String host;
    private final int port = Machine.port();

    private Home(Machine machine, Path data, String host) {
        this.machine = machine;
        this.data = data;
        this.instance = Instance.of(data);
        this.host = host;
    }

    /// A home whose API this process reaches, too, over the machine's cable.
    static Home on(Machine machine) throws IOException {
        return in(machine, Files.createTempDirectory("oikos-e2e-home"));
    }

    static Home in(Machine machine, Path data) {
        return new Home(machine, data, machine.address());
    }

    /// A home that answers to its own machine alone.
    static Home onLoopback(Machine machine) throws IOException {
        return new Home(machine, Files.createTempDirectory("oikos-e2e-home"), "127.0.0.1");
    }

    Path data() {
        return data;
    }

    int port() {
        return port;
    }

    Machine machine() {
        return machine;
    }

    Instance instance() {
        return instance;
    }

    String url() {
        return "https://" + address();
    }

    String address() {
        return host + ":" + port;
    }

    String script() {
        return BUILD.script();
    }

    String java() {
        return BUILD.java();
    }

    /// The script as its owner calls it: `oikos VERB --data DIR ...`.
    Command oikos(String verb, String... rest) {
        return machine.command(BUILD.script(), verb, "--data", data.toString()).with(rest).variable("JAVA_HOME", BUILD.java());
    }

    /// Brings the home up and returns what was said.
    String up(String... options) {
        var told = tryUp(options);
        if (told.status() != 0) throw new AssertionError("up ended with %d%n%s%s%nits log:%n%s".formatted(told.status(), told.text(), told.err(), log()));
        System.out.println(told.text());
        return told.text();
    }

    Output tryUp(String... options) {
        return machine.command(upWords()).with(options).variable("JAVA_HOME", BUILD.java()).tryRun();
    }

    /// Tries to bring the home up where the file system is another one: as the shell command leaves it, in a mount name space of its own.
    Output upWhere(String prepared) {
        return machine.command("unshare", "--mount", "sh", "-c", prepared + " && exec \"$@\"", "up").with(upWords()).variable("JAVA_HOME", BUILD
                .java()).tryRun();
    }

    private String[] upWords() {
        return new String[] {"timeout", "-k", "9", "270", BUILD.script(), "up", "--data", data.toString(), "--detach", "--yes", "--api", address()};
    }

    String down(String... options) {
        return oikos("down", options).run().text();
    }

    /// The owner's client, over the network and from outside.
    ApiClient client() throws IOException {
        return new ApiClient(new NetworkTransport(Kubeconfig.config(Yaml.parse(Files.readString(data.resolve("kubeconfig"))), data)));
    }

    // ---- kubectl and curl

    Command kubectl(String... words) {
        return machine.command("kubectl", "--kubeconfig", data.resolve("kubeconfig").toString(), "--cache-dir", data.resolve("kubectl-cache")
                .toString()).with(words);
    }

    /// A kubectl that goes on until the test ends it.
    Process startKubectl(Path output, String... words) throws IOException {
        var builder = new ProcessBuilder(kubectl(words).words());
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /// What kubectl prints for `get ... -o jsonpath=...`; fails when it fails.
    String field(String jsonpath, String... words) {
        return kubectl("get").with(words).with("-o", "jsonpath=" + jsonpath).run().text();
    }

    /// The leading line tells kubectl that what begins with a brace is YAML, too.
    Output apply(String yaml) {
        return kubectl("apply", "-f", "-").input("---\n" + yaml).run();
    }

    String curl(String... words) {
        return machine.command("curl", "-sS", "--noproxy", "*", "--fail", "-m", "10", "--cacert", data.resolve("ca.crt").toString()).with(words).run().text();
    }

    // ---- the simulated house

    Json ask(JsonObject question) {
        try {
            return HouseControl.ask(instance.runDir().resolve("simulation.sock"), question);
        } catch (IOException gone) {
            throw new IllegalStateException("no simulated house: " + gone.getMessage(), gone);
        }
    }

    /// What is physically so.
    Json truth(String device, String property) {
        return ask(JsonObject.of("truth", true)).at(device, property);
    }

    boolean isOn(String device, String property) {
        return truth(device, property).bool(false);
    }

    void hand(String device, String property, Object value) {
        ask(JsonObject.of("hand", device, "property", property, "value", value));
    }

    void fault(String device, String kind) {
        ask(JsonObject.of("fault", device, "kind", kind));
    }

    void mend(String device) {
        ask(JsonObject.of("mend", device));
    }

    void set(String device, String property, Object value) {
        kubectl("-n", "home", "patch", "device", device, "--type=merge", "-p", JsonObject.of("spec",
                JsonObject.of("desired", JsonObject.of(property, value))).toString()).run();
    }

    /// The request behind [#set], for one who does not wait.
    static Call patch(String device, boolean on) {
        var body = JsonObject.of("spec", JsonObject.of("desired", JsonObject.of("on", on)));
        return Call.of("PATCH", "/apis/oikos.home/v1alpha1/namespaces/home/devices/" + device).body("application/merge-patch+json", body.bytes());
    }

    /// `True`, `False`, or what else the condition says.
    String condition(String device, String type) {
        return field("{.status.conditions[?(@.type==\"" + type + "\")].status}", "-n", "home", "device", device);
    }

    // ---- processes

    /// The process whose pid stands in the run directory: `serve`, `containerd`, `mosquitto`.
    Optional<ProcessIdentity> process(String name) {
        try {
            return ProcessIdentity.of(Long.parseLong(Files.readString(instance.runDir().resolve(name + ".pid")).strip()));
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    /// kill -9.
    ProcessIdentity kill(String name) {
        var process = process(name).orElseThrow(() -> new AssertionError(name + " does not run"));
        process.signal("KILL");
        return process;
    }

    boolean answers() {
        return kubectl("get", "--raw", "/readyz").tryRun().status() == 0;
    }

    String log() {
        try {
            return Files.readString(data.resolve("oikos.log"));
        } catch (IOException none) {
            return "";
        }
    }

    /// What this home has left on the host beside its data: processes, name spaces, mounts, tables, its run directory.
    List<String> remains() throws IOException {
        var found = new ArrayList<String>();
        for (var process : ownProcesses()) found.add("process " + process + " " + commandLine(process));
        try (var mounts = Files.lines(Path.of("/proc/mounts"))) {
            mounts.filter(this::isOurs).forEach(line -> found.add("mount " + line));
        }
        Command.of("ip", "netns", "list").run().lines().stream().filter(line -> line.contains(instance.id())).forEach(line -> found.add("netns " + line));
        machine.nftables().stream().filter(line -> line.contains(instance.id())).forEach(line -> found.add("nft " + line));
        if (Files.exists(instance.runDir())) found.add("folder " + instance.runDir() + " with " + names(instance.runDir()));
        return found;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private boolean isOurs(String text) {
        return text.contains(data.toString()) || text.contains(instance.runDir().toString()) || text.contains(instance.prefix());
    }

    /// Processes that name the home on their command line, or run in its pods.
    List<Long> ownProcesses() {
        return ProcessHandle.allProcesses().map(ProcessHandle::pid)
                .filter(pid -> pid != ProcessHandle.current().pid() && (isOurs(commandLine(pid)) || isOurs(read(Path.of("/proc/" + pid
                        + "/cgroup"))))).toList();
    }

    /// The first processes of the pods and of the page, each with its start time; what they start and end is not looked at.
    List<String> podProcesses() {
        return ownProcesses().stream().filter(pid -> read(Path.of("/proc/" + pid + "/cgroup")).contains(instance.cgroupParent()))
                .filter(pid -> commandLine(pid).matches("/pause|nginx: master.*"))
                .flatMap(pid -> ProcessIdentity.of(pid).stream()).map(ProcessIdentity::toString).sorted().toList();
    }

    static String commandLine(long pid) {
        return read(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ').strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        try {
            oikos("down").tryRun();
        } finally {
            clean();
        }
    }

    /// All data gone, as with a disk.
    void wipe() throws IOException {
        remove(data);
    }

    /// By force, after a test that broke something.
    private void clean() throws IOException {
        for (int round = 0; round < 3; round++) ownProcesses().forEach(pid -> Command.of("kill", "-9", pid.toString()).tryRun());
        try (var mounts = Files.lines(Path.of("/proc/mounts"))) {
            mounts.filter(this::isOurs).toList().reversed().forEach(line -> Command.of("umount", "-l", line.split(" ")[1]).tryRun());
        }
        remove(instance.runDir());
        remove(data);
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }
}
