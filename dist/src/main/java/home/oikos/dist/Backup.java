package home.oikos.dist;

import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import home.oikos.client.Call;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `backup FILE`: the whole home as one file that only the recovery key opens, while the home runs on.
@Command(name = "backup")
final class Backup implements Callable<Integer> {
    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "FILE")
    private Path file;

    Backup(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        if (Files.exists(file)) throw new FileAlreadyExistsException(file + " is there already; a backup overwrites nothing");
        var next = file.resolveSibling(file.getFileName() + ".part");
        try (var answer = home.client().stream(Call.of("GET", BackupHandler.PATH)); var out = Files.newOutputStream(next)) {
            answer.body().transferTo(out);
        }
        sync(next);
        Files.move(next, file);
        screen.out().println("%s holds the home (%d KB). Only the recovery key opens it.".formatted(file, Files.size(file) / 1_000));
        return 0;
    }

    private static void sync(Path part) throws IOException {
        try (var channel = FileChannel.open(part, StandardOpenOption.READ)) {
            if (channel.size() == 0) throw new Refusal("the home sent an empty backup; oikos.log says why");
            channel.force(true);
        }
    }
}
