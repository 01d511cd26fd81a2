package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.simulation.FirmwareServer;
import home.oikos.simulation.House;
import home.oikos.simulation.HouseControl;
import home.oikos.simulation.MqttHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The process of the simulated house: runs until it is told to stop. Its options stand in a file (0600), for they hold a password.
@Command(name = "simulated-house")
final class SimulatedHouse implements Callable<Integer> {
    static final String SOCKET = "simulation.sock";

    @Option(names = "--options", required = true)
    private Path file;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var tree = Json.parse(Files.readAllBytes(file));
        var options = new MqttHouse.Options(tree.at("host").text("127.0.0.1"), tree.at("port").integer(Settings.BROKER_PORT), tree.at("user").text(""),
                tree.at("password").text(""), path(tree, "ca").orElse(null), path(tree, "state").orElse(null), firmware(tree.at("firmware")),
                tree.at("dicePort").integer(Settings.DICE_PORT),
                tree.at("speed").decimal(1));
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
        try (var house = new MqttHouse(House.show(new SplittableRandom(tree.at("seed").integer(1L))), options)) {
            house.start();
            try (var _ = HouseControl.listen(house, file.resolveSibling(SOCKET))) {
                stopped.await();
            }
        }
        return 0;
    }

    private static FirmwareServer firmware(Json tree) {
        if (!tree.isPresent()) return null;
        var tokens = new HashMap<String, String>();
        tree.at("tokens").object().members().forEach((thing, token) -> tokens.put(thing, token.text("")));
        return new FirmwareServer(tree.at("url").text(""), tokens);
    }

    private static Optional<Path> path(Json tree, String name) {
        return tree.at(name).text().map(Path::of);
    }
}
