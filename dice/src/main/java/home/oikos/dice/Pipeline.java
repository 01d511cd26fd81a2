package home.oikos.dice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/// The way of every raw sample: tested, then shown to whoever asked, or condensed and given away, or thrown away. It decides and does no I/O. One
/// thread feeds it; any may ask.
final class Pipeline {
    /// Good samples after which earlier alarms are forgotten: 256 windows and more.
    static final int PROOF_SAMPLES = 1 << 18;
    /// How often a block is begun at most. The DRBG needs far less; between blocks samples are only tested.
    static final Duration BLOCK_PERIOD = Duration.ofSeconds(1);
    /// People who look at once; each holds at most 256 KiB.
    static final int CAPTURES_MAX = 4;

    private final SourceLife life;
    private final SampleReader reader;
    private final HealthTests tests;
    private final Conditioner conditioner;
    private final Consumer<byte[]> sink;
    private final Runnable changed;
    private final Clock clock;
    private final Queue<Capture> captures = new ArrayDeque<>();
    private final Meter meter;
    private SourceState state;
    private Optional<Trouble> trouble = Optional.empty();
    private int goodSamples;
    private Instant nextBlock;
    /// When the samples came that are being looked at.
    private Instant now;

    /// The last thing that went wrong.
    record Trouble(Instant at, Alarm why) { }

    /// What a source is: how it speaks, and the key that its blocks are made with.
    record Kind(SampleFormat format, Claim claim, Comeback comeback, byte[] key) { }

    /// @param sink takes blocks of full entropy
    /// @param changed told after changes of state, on the thread that made them
    Pipeline(Kind kind, SourceState first, Consumer<byte[]> sink, Runnable changed, Clock clock) {
        this.life = new SourceLife(kind.comeback());
        this.reader = new SampleReader(kind.format(), kind.claim());
        this.tests = new HealthTests(kind.claim());
        this.conditioner = new Conditioner(kind.claim(), kind.key());
        this.sink = sink;
        this.changed = changed;
        this.clock = clock;
        this.now = clock.instant();
        this.meter = new Meter(kind.claim(), now);
        this.state = first;
        this.nextBlock = now;
    }

    synchronized SourceState state() {
        return state;
    }

    /// What went wrong last, if anything did while this watched.
    synchronized Optional<Trouble> trouble() {
        return trouble;
    }

    synchronized Meter.Reading reading() {
        return meter.reading(clock.instant());
    }

    /// Something happened that no sample tells.
    void happened(SourceEvent event) {
        boolean news;
        synchronized (this) {
            news = step(event);
        }
        if (news) changed.run();
    }

    /// Raw bytes of the source, oldest first.
    /// @param skipped whether some were left out before them
    void feed(byte[] bytes, int from, int to, boolean skipped) {
        if (take(bytes, from, to, skipped)) changed.run();
    }

    private synchronized boolean take(byte[] bytes, int from, int to, boolean skipped) {
        var before = state;
        now = clock.instant();
        if (skipped) reader.skipped();
        reader.read(bytes, from, to, this::sample);
        meter.tick(now);
        return !state.equals(before);
    }

    private boolean step(SourceEvent event) {
        var before = state;
        state = life.next(before, event);
        if (state.equals(before)) return false;
        if (!(state instanceof SourceState.Healthy)) begin();
        switch (state) {
            case SourceState.Suspect(var since, _, var why) -> trouble = Optional.of(new Trouble(since, why));
            case SourceState.Failed(var since, _, var why, _) -> fail(new Trouble(since, why));
            case SourceState.Starting _, SourceState.Healthy _ -> { }
        }
        return true;
    }

    /// Everything that was begun with samples that are no longer believed is thrown away.
    private void begin() {
        tests.reset();
        conditioner.reset();
        goodSamples = 0;
    }

    private void fail(Trouble last) {
        trouble = Optional.of(last);
        close();
    }

    private void sample(int sample) {
        meter.count(sample);
        var alarm = tests.feed(sample);
        if (alarm.isPresent()) step(new SourceEvent.Alarmed(now, alarm.get()));
        else good(sample);
    }

    private void good(int sample) {
        goodSamples++;
        show(sample);
        switch (state) {
            case SourceState.Failed _ -> { }
            case SourceState.Starting _, SourceState.Suspect _ -> {
                if (goodSamples >= HealthTests.START_UP_SAMPLES) step(new SourceEvent.StartUpPassed(now));
            }
            case SourceState.Healthy _ -> use(sample);
        }
    }

    private void show(int sample) {
        var looking = captures.peek();
        if (looking != null && !looking.take(sample)) captures.remove();
    }

    /// What people looked at is used for nothing else.
    private void use(int sample) {
        if (captures.isEmpty()) condense(sample);
        if (goodSamples < PROOF_SAMPLES) return;
        goodSamples = 0;
        step(new SourceEvent.Proven(now));
    }

    private void condense(int sample) {
        if (now.isBefore(nextBlock)) return;
        var block = conditioner.feed(sample);
        if (block.isEmpty()) return;
        nextBlock = now.plus(BLOCK_PERIOD);
        sink.accept(block.get());
    }

    /// @throws IllegalStateException when the source gives nothing, or too many look already
    synchronized Capture capture(int samples) {
        if (state instanceof SourceState.Failed(_, _, var why, _)) throw new IllegalStateException("the source has failed: " + why.message());
        if (captures.size() >= CAPTURES_MAX) throw new IllegalStateException("%d others are capturing; try again".formatted(captures.size()));
        var capture = new Capture(samples);
        captures.add(capture);
        return capture;
    }

    synchronized void abandon(Capture capture) {
        captures.remove(capture);
    }

    /// Whether somebody waits for samples: a person who looks, or the start-up test.
    synchronized boolean hurries() {
        return !captures.isEmpty() || !(state instanceof SourceState.Healthy);
    }

    /// Nobody who looks waits any longer.
    synchronized void close() {
        captures.forEach(Capture::end);
        captures.clear();
    }
}
