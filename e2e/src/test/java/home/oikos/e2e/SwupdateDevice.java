package home.oikos.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A device with Debian's swupdate, unmodified. Its folder is its flash, a thread is what starts it again whenever it went down: after an update, which
/// it then says is well, and when swupdate ended by itself. (That of 2022.12 dies of SIGPIPE now and then when it is short of time, right after it has
/// written an image.) What it runs is the first line of the file that images install.
final class SwupdateDevice implements AutoCloseable {
    static final String HARDWARE = "rev-a";
    /// Where each finds its own folder: they run the same images.
    private static final String MOUNTED = "/mnt";
    static final String INSTALLED = MOUNTED + "/content";
    private static final String BOUND = "mount --bind \"$1\" " + MOUNTED + " && shift && exec \"$@\"";
    /// A real one reboots by itself when swupdate is done; that it was so is what its bootloader would keep.
    private static final String REBOOT = "touch " + MOUNTED + "/rebooting; kill $PPID";
    /// What swupdate says once it has asked for the image.
    private static final String LOADING = "Software Update started";

    /// What it does after it has installed an image.
    enum Habit { RUNS_IT, FALLS_BACK, STAYS_AWAY }

    private final Machine machine;
    private final String name;
    private final Path folder;
    private final Path certificate;
    private final Runnable onBoot;
    private volatile String version;
    private volatile Habit habit = Habit.RUNS_IT;
    private volatile boolean slow;
    private volatile boolean powered;
    private volatile Process process;

    /// @param certificate whose images it takes
    /// @param onBoot called when it runs something, and what may be another version than before
    SwupdateDevice(Machine machine, String name, Path folder, Path certificate, String version, Runnable onBoot) {
        this.machine = machine;
        this.name = name;
        this.folder = folder;
        this.certificate = certificate;
        this.version = version;
        this.onBoot = onBoot;
    }

    String name() {
        return name;
    }

    String token() {
        return "a token of " + name;
    }

    String version() {
        return version;
    }

    void habit(Habit next) {
        habit = next;
    }

    /// Loads an image in ten seconds, until it is switched off.
    void slow() {
        slow = true;
    }

    boolean isLoading() {
        return log().contains(LOADING);
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException notYet) {
            return "";
        }
    }

    /// @param url of the home, as it reaches it
    void switchOn(String url, Path authority) throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        powered = true;
        Thread.ofVirtual().start(() -> live(url, authority));
    }

    private void live(String url, Path authority) {
        try {
            while (powered) {
                boolean updated = Files.deleteIfExists(folder.resolve("rebooting"));
                if (updated && habit == Habit.STAYS_AWAY) return;
                if (updated && habit == Habit.RUNS_IT) version = installed();
                start(url, authority, updated);
                process.waitFor();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// What swupdate says was installed may not have been: that of 2022.12 now and then says so of an image that it refused.
    private String installed() throws IOException {
        var file = folder.resolve("content");
        return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1).getFirst() : version;
    }

    private void start(String url, Path authority, boolean updated) throws IOException {
        Files.writeString(folder.resolve("swupdate.cfg"), """
                globals : { };
                suricatta : { tenant = "home"; id = "%s"; url = "%s"; cafile = "%s"; targettoken = "%s"; polldelay = 5; };
                identify : ( { name = "version"; value = "%s"; }, { name = "hardwareId"; value = "%s"; } );
                """.formatted(name, url, authority, token(), version, HARDWARE));
        onBoot.run();
        var words = machine.command("unshare", "--mount", "sh", "-c", BOUND, name, folder.toString(), "swupdate", "-l", "3", "-f", MOUNTED
                + "/swupdate.cfg", "-k", certificate.toString(), "-H", "thing:" + HARDWARE, "-p", REBOOT, "-u",
                (updated ? "-c 2" : "") + (slow ? " -n 4k" : "")).words();
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.to(folder.resolve("log").toFile()));
        builder.environment().put("TMPDIR", MOUNTED + "/tmp");
        process = builder.start();
    }

    /// As if its plug were pulled and put in again: what it was at is lost. Its other processes end with the first.
    void interrupt() {
        slow = false;
        process.destroyForcibly();
    }

    /// After it stayed away.
    void switchOnAgain(String url, Path authority) throws IOException {
        habit = Habit.RUNS_IT;
        Files.createFile(folder.resolve("rebooting"));
        switchOn(url, authority);
    }

    @Override
    public void close() {
        powered = false;
        process.destroyForcibly();
    }
}
