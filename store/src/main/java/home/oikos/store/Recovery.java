package home.oikos.store;

import java.io.IOException;

/// Brings a directory back into use: reads everything, cuts off what a crash tore, opens the last log, removes leftovers.
record Recovery(Tree tree, long revision, Log log) {
    private static final String TORN =
            "%s: the last %d bytes were an unfinished write and were cut off; every write that was promised to survive is there";

    static Recovery of(Disk disk, LogOptions options) throws IOException {
        var content = DiskContent.of(disk);
        if (content.logs().isEmpty()) return new Recovery(Tree.EMPTY, 1, Log.create(disk, 1));
        var replay = new Replay(disk, options.seals());
        long end = replay.files(content);
        var log = resume(disk, content.logs().getLast(), end, options);
        // A snapshot that was renamed just before a kill is not certain yet, and what it replaces must not go first.
        disk.syncDirectory();
        for (var file : content.superseded()) disk.delete(file.toString());
        // One revision is used up by opening: this one shows the state after the crash, and all earlier ones, of which some may
        // have shown writes that are lost, are compacted.
        return new Recovery(replay.tree(), replay.revision() + 1, log);
    }

    private static Log resume(Disk disk, FileName name, long end, LogOptions options) throws IOException {
        try (var file = disk.open(name.toString())) {
            long torn = file.size() - end;
            if (torn > 0) options.report().accept(TORN.formatted(name, torn));
        }
        return Log.resume(disk, name.number(), end);
    }
}
