package home.oikos.dist;

import home.oikos.cli.Cli;
import home.oikos.cli.Doctor;
import home.oikos.cli.Home;
import home.oikos.cli.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The entry of every program: finds the verb and runs it.
public final class Main {
    private Main() { }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        // The libraries tell of every connection; what matters is told in our own words.
        Logger.getLogger("").setLevel(Level.SEVERE);
        if (arguments.length == 0) {
            System.err.println("expected a verb; see ./oikos --help");
            System.exit(2);
        }
        var clock = Clock.systemUTC();
        if (isServer(arguments)) System.exit(new Serve(new Home(Path.of(arguments[2]), clock)).call());
        var screen = Screen.ofProcess();
        var rest = List.of(arguments).subList(1, arguments.length);
        System.exit(new Cli(screen, clock, programs(screen, clock)).run(arguments[0], rest));
    }

    /// The server is started in one way only. It leaves the command line library alone, which would cost its start 60 ms and stay in memory.
    private static boolean isServer(String... arguments) {
        return arguments.length == 3 && arguments[0].equals("serve") && arguments[1].equals("--data");
    }

    /// The verbs that are more than a request to the API, each made only when it is asked for.
    private static Map<String, Callable<Integer>> programs(Screen screen, Clock clock) {
        var home = new Home(clock);
        var programs = new LinkedHashMap<String, Callable<Integer>>();
        programs.put("configure", new Configure(home));
        programs.put("serve", new Serve(home));
        programs.put("home", new HomeProgram(home, screen));
        programs.put("welcome", new Welcome(home, screen));
        programs.put("watch-status", new WatchStatus(home, screen));
        programs.put("sweep", new Sweep(home, screen));
        programs.put("train", new Train(home, screen));
        programs.put("version", new Version(screen));
        programs.put("login", new Login(home, screen));
        programs.put("doctor", new Doctor(home, screen, new MachineDoctor(home)));
        programs.put("image", new Image(home, screen));
        programs.put("backup", new Backup(home, screen));
        programs.put("restore", new Restore(home, screen));
        programs.put("entropy", new Entropy(home, screen));
        programs.put("firmware", new FirmwareProgram(home, screen));
        programs.put("otp", new OneTime(home, screen));
        programs.put("wifi", new Wifi(home, screen));
        programs.put("simulate", new Simulate(home, screen));
        programs.put("simulated-house", new SimulatedHouse());
        return programs;
    }
}
