package home.oikos.store;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The files that count: the newest snapshot and the logs from its number on, without a gap.
/// @param superseded older files, which a crash kept from being deleted, and unfinished ones
record DiskContent(Optional<FileName> snapshot, List<FileName> logs, List<FileName> superseded) {
    static DiskContent of(Disk disk) throws IOException {
        var files = FileName.all(disk.list()).stream().sorted(Comparator.comparingLong(FileName::number)).toList();
        var snapshot = files.stream().filter(file -> file.is(FileName.SNAPSHOT)).reduce((_, newer) -> newer);
        long first = snapshot.map(FileName::number).orElse(1L);
        var logs = used(disk, logs(files, first));
        var superseded = files.stream().filter(file -> file.number() < first || file.is(FileName.UNFINISHED)).toList();
        if (snapshot.isPresent() && logs.isEmpty()) throw missing(first);
        return new DiskContent(snapshot, logs, superseded);
    }

    private static List<FileName> logs(List<FileName> files, long first) throws IOException {
        var logs = files.stream().filter(file -> file.is(FileName.LOG) && file.number() >= first).toList();
        for (int i = 0; i < logs.size(); i++) {
            if (logs.get(i).number() != first + i) throw missing(first + i);
        }
        return logs;
    }

    private static CorruptLogException missing(long number) {
        return new CorruptLogException(FileName.log(number).toString(), 0, "the file is missing");
    }

    /// Leaves out last logs without a record: a roll that did not come to its end left them behind.
    private static List<FileName> used(Disk disk, List<FileName> logs) throws IOException {
        int count = logs.size();
        while (count > 1 && size(disk, logs.get(count - 1)) <= FileHeader.BYTES) count--;
        if (count == 1 && !beginsWell(disk, logs.getFirst())) count = 0;
        return logs.subList(0, count);
    }

    private static long size(Disk disk, FileName name) throws IOException {
        try (var file = disk.open(name.toString())) {
            return file.size();
        }
    }

    /// The very first log may break off inside its header; a longer file with a bad header is damaged, which its replay will say.
    private static boolean beginsWell(Disk disk, FileName name) throws IOException {
        try (var file = disk.open(name.toString()); var input = file.input(0)) {
            return file.size() > FileHeader.BYTES || FileHeader.intact(input.readNBytes(FileHeader.BYTES));
        }
    }
}
