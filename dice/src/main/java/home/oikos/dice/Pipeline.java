package home.oikos.dice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// The way of every raw sample: tested, then shown to whoever asked, or condensed and given away, or thrown away. It decides and does no I/O. One
/// thread feeds it; any may ask.
final class Pipeline {
    /// Good samples after which earlier alarms are forgotten: 256 windows and more.
    static final int PROOF_SAMPLES = 1 << 18;
    /// How often a block is given away at most. The DRBG needs far less; between blocks samples are only tested.
    static final Duration BLOCK_PERIOD = Duration.ofSeconds(1);
    /// People who look at once; each holds at most a mebibyte.
    private static final int CAPTURES_MAX = 4;

    private final SourceLife life;
    private final HealthTests tests;
    private final Conditioner conditioner;
    private final Consumer<byte[]> sink;
    private final Runnable changed;
    private final Clock clock;
    private final Queue<Capture> captures = new ArrayDeque<>();
    private final Meter meter;
    private SourceState state;
    private int goodSamples;
    private Instant nextBlock;

    /// @param sink takes blocks of full entropy
    /// @param changed told after every change of state, on the thread that made it
    Pipeline(Claim claim, SourceLife life, SourceState first, byte[] key, Consumer<byte[]> sink, Runnable changed, Clock clock) {
        this.life = life;
        this.tests = new HealthTests(claim);
        this.conditioner = new Conditioner(claim, key);
        this.meter = new Meter(claim);
        this.sink = sink;
        this.changed = changed;
        this.clock = clock;
        this.state = first;
        this.nextBlock = clock.instant();
    }

    synchronized SourceState state() {
        return state;
    }

    synchronized Meter.Reading reading() {
        return meter.reading(clock.instant());
    }

    /// Something happened that no sample tells.
    void happened(SourceEvent event) {
        if (step(event)) changed.run();
    }

    private synchronized boolean step(SourceEvent event) {
        var before = state;
        state = life.next(before, event);
        if (state.equals(before)) return false;
        boolean begins = !(state instanceof SourceState.Healthy);
        if (begins) begin();
        return true;
    }

    /// Everything that was begun with samples that are no longer believed is thrown away.
    private void begin() {
        tests.reset();
        conditioner.reset();
        goodSamples = 0;
        if (state instanceof SourceState.Failed) endCaptures();
    }

    private void endCaptures() {
        captures.forEach(Capture::end);
        captures.clear();
    }

    /// One raw sample.
    void sample(int sample) {
        var news = take(sample);
        if (news) changed.run();
    }

    private synchronized boolean take(int sample) {
        meter.count(sample);
        var alarm = tests.feed(sample);
        if (alarm.isPresent()) return step(new SourceEvent.Alarmed(clock.instant(), alarm.get()));
        goodSamples++;
        show(sample);
        return switch (state) {
            case SourceState.Failed _ -> false;
            case SourceState.Starting _, SourceState.Suspect _ -> goodSamples >= HealthTests.START_UP_SAMPLES
                    && step(new SourceEvent.StartUpPassed(clock.instant()));
            case SourceState.Healthy _ -> use(sample);
        };
    }

    private void show(int sample) {
        var looking = captures.peek();
        if (looking != null && !looking.take(sample)) captures.remove();
    }

    private boolean use(int sample) {
        if (captures.isEmpty()) condense(sample);
        if (goodSamples < PROOF_SAMPLES) return false;
        goodSamples = 0;
        return step(new SourceEvent.Proven(clock.instant()));
    }

    private void condense(int sample) {
        var block = conditioner.feed(sample);
        if (block.isEmpty() || clock.instant().isBefore(nextBlock)) return;
        nextBlock = clock.instant().plus(BLOCK_PERIOD);
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

    synchronized boolean isWatched() {
        return !captures.isEmpty();
    }

    synchronized void close() {
        endCaptures();
    }
}
