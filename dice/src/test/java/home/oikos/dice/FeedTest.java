package home.oikos.dice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.base.StandingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/// A source from its wire to its blocks: plugged and unplugged, good, stuck, silent, endless and empty. The test steps; nobody sleeps.
class FeedTest {
    private static final Claim PHOTON = new Claim(1, 0.9, 30);
    private final StandingClock clock = StandingClock.at("2026-01-01T00:00:00Z");
    private final FakeStream wire = new FakeStream();
    private final List<byte[]> blocks = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final Pipeline pipeline = pipeline(PHOTON, SampleFormat.BITS);
    private final Feed feed = new Feed(wire, pipeline, clock);

    private Pipeline pipeline(Claim claim, SampleFormat format) {
        var kind = new Pipeline.Kind(format, claim, new Comeback(4, Duration.ofSeconds(30)), new byte[] {1});
        return new Pipeline(kind, new SourceState.Starting(clock.instant(), 0), blocks::add, this::told, clock);
    }

    private void told() {
        story.add(pipeline.state().word());
    }

    private static IntSupplier photons(long seed) {
        var bits = Streams.biased(0.52, seed);
        return () -> Streams.packed(bits, 1)[0];
    }

    /// Steps until so much time has passed, by the feed's own rests.
    private FeedTest passes(Duration time) {
        var end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            var rest = feed.step();
            clock.advance(rest.isPositive() ? rest : Duration.ofMillis(1));
        }
        return this;
    }

    private String reason() {
        return pipeline.trouble().orElseThrow().why().reason();
    }

    @Test
    void aGoodSourceIsHealthyAfterItsStartUpTestAndGivesABlockASecond() {
        wire.says(photons(1));
        passes(Duration.ofSeconds(60));
        assertEquals(List.of("Healthy"), story);
        assertTrue(blocks.size() >= 25 && blocks.size() <= 60, blocks.size() + " blocks in a minute");
        assertEquals(blocks.size(), blocks.stream().map(Arrays::toString).distinct().count());
        double rate = pipeline.reading().samplesPerSecond();
        assertEquals(8 * Feed.STEP_BYTES * 2, rate, rate * 0.15, "a span of five to ten seconds may lack a step");
    }

    @Test
    void nothingOfTheStartUpTestIsUsed() {
        wire.says(photons(1)).endsAfter(HealthTests.START_UP_SAMPLES / 8);
        passes(Duration.ofSeconds(1));
        assertEquals(List.of("Healthy", "Failed"), story);
        assertEquals(List.of(), blocks);
    }

    @Test
    void aStuckSourceFailsWithinTwoCutoffsAndGivesNothingMoreUntilItPassesAgain() {
        wire.says(photons(1));
        passes(Duration.ofSeconds(10));
        int given = blocks.size();
        wire.says(() -> 0);
        feed.step();
        assertEquals("Failed", pipeline.state().word(), "two cutoffs are 70 samples, a step is " + 8 * Feed.STEP_BYTES);
        assertEquals("Stuck", reason());
        assertEquals(1, wire.closes(), "and it is read no more");
        assertEquals(given, blocks.size());
        wire.says(photons(2));
        passes(Duration.ofSeconds(25));
        assertEquals("Failed", pipeline.state().word(), "not before its time");
        passes(Duration.ofSeconds(10));
        assertEquals("Healthy", pipeline.state().word());
        assertTrue(blocks.size() > given);
    }

    @Test
    void oneThatStaysStuckIsTriedLaterAndLaterAndThenWaitsForAPerson() {
        wire.says(() -> 0);
        passes(Duration.ofMinutes(30));
        int tried = wire.opens();
        assertEquals(4, tried);
        wire.says(photons(3));
        passes(Duration.ofHours(5));
        assertEquals(tried, wire.opens());
        feed.reset();
        passes(Duration.ofSeconds(10));
        assertEquals("Healthy", pipeline.state().word());
        assertTrue(story.size() < 20, "few writes: " + story);
    }

    @Test
    void anUnpluggedSourceIsHealthyAgainByItsOwnStartUpTestSoonAfterItIsBack() {
        wire.says(photons(1));
        passes(Duration.ofSeconds(10));
        wire.unplug();
        passes(Duration.ofHours(24));
        assertEquals(List.of("Healthy", "Failed"), story, "a day away is one write");
        assertEquals("Unreachable", reason());
        wire.plug();
        passes(Feed.CONNECT_MAX.plusSeconds(5));
        assertEquals(List.of("Healthy", "Failed", "Starting", "Healthy"), story);
    }

    @Test
    void oneThatHangsUpAgainAndAgainIsAskedMoreSeldomSoThatItCostsFewWrites() {
        wire.says(photons(1)).endsAfter(100);
        passes(Duration.ofHours(24));
        assertTrue(wire.opens() < 50, wire.opens() + " connections in a day");
        assertTrue(story.size() < 150, story.size() + " writes in a day");
        assertEquals(List.of(), blocks);
        assertEquals("Ended", reason());
    }

    @Test
    void onePassingItsTestAndHangingUpEachTimeCostsFewWritesToo() {
        wire.says(photons(1)).endsAfter(2_000);
        passes(Duration.ofHours(24));
        assertTrue(story.size() < 200, story.size() + " writes in a day");
    }

    @Test
    void anEmptyStreamIsAnEndedOne() {
        wire.endsAfter(0);
        passes(Duration.ofHours(1));
        assertEquals("Ended", reason());
        assertEquals(List.of("Failed"), story);
    }

    @Test
    void aSilentSourceFailsAfterTenSeconds() {
        passes(Duration.ofSeconds(9));
        assertEquals(List.of(), story);
        passes(Duration.ofSeconds(4));
        assertEquals("Silent", reason());
    }

    @Test
    void whatLayReadyForLongIsThrownAwaySoThatANewFaultIsSeenAtOnce() {
        wire.says(photons(1));
        passes(Duration.ofSeconds(10));
        for (int i = 0; i < 60; i++) wire.waits(Streams.packed(Streams.biased(0.52, i), 16 << 10));
        wire.says(() -> 0);
        feed.step();
        assertEquals("Failed", pipeline.state().word(), "a mebibyte of good samples lay before the first stuck one");
    }

    @Test
    void aBitDeclaredAsAByteIsStuckOrTooWide() {
        var claimed = pipeline(new Claim(8, 7, 30), SampleFormat.BYTES);
        var bits = Streams.biased(0.5, 1);
        wire.says(() -> '0' + bits.getAsInt());
        new Feed(wire, claimed, clock).step();
        var other = new Feed(wire, claimed, clock);
        other.step();
        other.step();
        assertTrue(List.of("Stuck", "Biased", "Periodic").contains(claimed.trouble().orElseThrow().why().reason()));
        var narrow = pipeline(PHOTON, SampleFormat.BYTES);
        other = new Feed(wire, narrow, clock);
        other.step();
        other.step();
        assertEquals("TooWide", narrow.trouble().orElseThrow().why().reason());
    }

    @Test
    void whatPeopleLookAtIsUsedForNothingElse() throws Exception {
        wire.says(photons(1));
        passes(Duration.ofSeconds(10));
        int given = blocks.size();
        var capture = pipeline.capture(1 << 18);
        for (int read = 0; read < (1 << 18) - 8 * FakeStream.READ_BYTES; read += 8 * FakeStream.READ_BYTES) {
            clock.advance(Duration.ofSeconds(2));
            feed.step();
            assertEquals(given, blocks.size());
        }
        feed.step();
        assertEquals(1 << 18, capture.await(Duration.ofMillis(1)).length);
        clock.advance(Duration.ofSeconds(2));
        feed.step();
        assertEquals(given + 1, blocks.size());
    }

    @Test
    void captureHasLimitsAndEndsWhenTheSourceFails() throws Exception {
        wire.says(photons(1));
        passes(Duration.ofSeconds(5));
        var first = pipeline.capture(1 << 18);
        for (int i = 1; i < Pipeline.CAPTURES_MAX; i++) pipeline.capture(10);
        assertThrows(IllegalStateException.class, () -> pipeline.capture(10));
        feed.step();
        wire.unplug();
        feed.step();
        assertEquals(8 * FakeStream.READ_BYTES, first.await(Duration.ofHours(1)).length, "it does not wait for a source that is gone");
        assertThrows(IllegalStateException.class, () -> pipeline.capture(10));
    }

    @Test
    void closedItReadsNoMoreAndTellsNothing() {
        wire.says(photons(1));
        passes(Duration.ofSeconds(5));
        feed.close();
        assertEquals(1, wire.closes());
        feed.run();
        assertEquals(List.of("Healthy"), story);
    }

    @Test
    void formatsAreReadAcrossTheBordersOfReadsAndAfterAGapNoTornNumberCounts() {
        var read = new ArrayList<Integer>();
        var decimal = new SampleReader(SampleFormat.DECIMAL, new Claim(4, 3, 30));
        for (var part : List.of("12", "3\n45 6", "7,99999999999999999999999999", "9\r\n")) decimal.read(part.getBytes(), 0, part.length(), read::add);
        assertEquals(List.of(123 & 15, 45 & 15, 67 & 15), read.subList(0, 3));
        assertEquals(4, read.size());
        decimal.skipped();
        decimal.read("3456 7 ".getBytes(), 0, 7, read::add);
        assertEquals(List.of(7), read.subList(4, read.size()));
        var bits = new ArrayList<Integer>();
        new SampleReader(SampleFormat.BITS, PHOTON).read(new byte[] {(byte) 0b1011_0001}, 0, 1, bits::add);
        assertEquals(List.of(1, 0, 1, 1, 0, 0, 0, 1), bits);
        assertThrows(IllegalArgumentException.class, () -> new SampleReader(SampleFormat.BITS, new Claim(2, 1, 30)));
    }

    @Test
    void blocksNeedAsMuchEntropyAsTheyHoldAndSixtyFourBitsMoreAndDifferBetweenSources() {
        assertEquals(320, new Conditioner(new Claim(1, 1, 30), new byte[] {1}).samplesNeeded());
        assertEquals(356, new Conditioner(PHOTON, new byte[] {1}).samplesNeeded());
        assertEquals(3_200, new Conditioner(new Claim(1, 0.1, 30), new byte[] {1}).samplesNeeded());
        assertArrayEquals(block((byte) 1), block((byte) 1));
        assertTrue(!Arrays.equals(block((byte) 1), block((byte) 2)));
    }

    private static byte[] block(byte key) {
        var conditioner = new Conditioner(new Claim(8, 8, 30), new byte[] {key});
        for (int i = 1; i < conditioner.samplesNeeded(); i++) assertTrue(conditioner.feed(i).isEmpty());
        return conditioner.feed(0).orElseThrow();
    }

    @Test
    void theRateIsThatOfTheLastSeconds() {
        var meter = new Meter(PHOTON, Instant.EPOCH);
        for (int second = 1; second <= 20; second++) {
            for (int i = 0; i < (second <= 10 ? 1_000 : 100); i++) meter.count(i & 1);
            meter.tick(Instant.EPOCH.plusSeconds(second));
        }
        var reading = meter.reading(Instant.EPOCH.plusSeconds(20));
        assertEquals(100, reading.samplesPerSecond(), 1);
        assertEquals(90, reading.entropyBitsPerSecond(), 1);
        assertEquals(11_000, reading.samples());
        assertArrayEquals(new long[] {5_500, 5_500}, reading.histogram());
    }
}
