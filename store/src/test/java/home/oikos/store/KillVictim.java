package home.oikos.store;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;

/// A process that writes as fast as it can and says each answer on its standard output, until it is killed.
final class KillVictim {
    static final int WRITERS = 24;
    private static final int KEYS_PER_WRITER = 20;
    private static final int TAIL_BYTES = 900;
    private static final long LOG_BYTES_MIN = 200_000;

    private KillVictim() { }

    /// What a line says of its key.
    enum Word { PUT, DELETING, DELETED }

    /// One line: a write that was answered, or a deletion about to be asked for.
    record Line(Word word, String key, long revision) {
        /// Without it a line broke off.
        static final String END = " .";

        static Line parse(String line) {
            var words = line.split(" ");
            return new Line(Word.valueOf(words[0]), words[1], Long.parseLong(words[2]));
        }

        @Override
        public String toString() {
            return "%s %s %d%s".formatted(word, key, revision, END);
        }
    }

    public static void main(String[] arguments) throws Exception {
        var output = new PrintStream(System.out, true);
        try (var store = LogStore.open(Path.of(arguments[0]), Clock.systemUTC(), LogOptions.standard().withLogBytesMin(LOG_BYTES_MIN));
             var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                threads.submit(() -> {
                    write(store, writer, output);
                    return null;
                });
            }
        }
    }

    private static void write(Store store, int writer, PrintStream output) throws Exception {
        var random = new SplittableRandom();
        while (true) {
            var key = "/k/%d/%d".formatted(writer, random.nextInt(KEYS_PER_WRITER));
            var durability = random.nextInt(4) == 0 ? Durability.RELAXED : Durability.DURABLE;
            long found = store.snapshot().get(key).map(Entry::revision).orElse(0L);
            if (found > 0 && random.nextInt(8) == 0) {
                output.println(new Line(Word.DELETING, key, found));
                output.println(new Line(Word.DELETED, key, store.delete(key, found, durability).revision()));
            } else {
                var put = new Put(key, new byte[] {'v'}, new byte[random.nextInt(TAIL_BYTES)], found, durability, null);
                output.println(new Line(Word.PUT, key, store.put(put).revision()));
            }
        }
    }
}
