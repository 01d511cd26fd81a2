package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DnsTest {
    private static final DnsZone ZONE = DnsZone.of("cluster.local", "192.168.1.20", List.of(
            json("{'metadata':{'namespace':'home','name':'web'},'spec':{'type':'LoadBalancer','clusterIP':'10.70.5.1',"
            + "'ports':[{'name':'http','port':80}]}}"),
            json("{'metadata':{'namespace':'home','name':'db'},'spec':{'clusterIP':'None','ports':[{'name':'sql','port':5432}]}}"),
            json("{'metadata':{'namespace':'home','name':'out'},'spec':{'type':'ExternalName','externalName':'example.com'}}")),
            List.of(json("""
                    {'metadata':{'namespace':'home','labels':{'kubernetes.io/service-name':'db'}},'addressType':'IPv4','endpoints':[
                     {'addresses':['10.70.4.7'],'hostname':'db-0'},{'addresses':['10.70.4.8']},
                     {'addresses':['10.70.4.9'],'conditions':{'ready':false}}]}""")));

    @Test
    void aServiceHasItsAddress() {
        assertEquals(List.of("10.70.5.1"), addresses("web.home.svc.cluster.local"));
        assertEquals(List.of("10.70.5.1"), addresses("WEB.Home.svc.Cluster.LOCAL"));
        assertEquals(DnsAnswer.NO_ERROR, ask("web.home.svc.cluster.local", DnsQuery.AAAA).code());
        assertEquals(List.of(), ask("web.home.svc.cluster.local", DnsQuery.AAAA).records());
    }

    @Test
    void aHeadlessServiceHasThoseOfItsReadyPods() {
        assertEquals(List.of("10.70.4.7", "10.70.4.8"), addresses("db.home.svc.cluster.local"));
        assertEquals(List.of("10.70.4.7"), addresses("db-0.db.home.svc.cluster.local"));
        assertEquals(List.of("10.70.4.8"), addresses("10-70-4-8.db.home.svc.cluster.local"));
        assertEquals(2, ask("_sql._tcp.db.home.svc.cluster.local", DnsQuery.SRV).records().size());
    }

    @Test
    void otherNamesOfTheSpecificationAreAnswered() {
        assertEquals(1, ask("_http._tcp.web.home.svc.cluster.local", DnsQuery.SRV).records().size());
        assertEquals(DnsQuery.CNAME, ask("out.home.svc.cluster.local", DnsQuery.A).records().getFirst().type());
        assertEquals(List.of("10.70.4.3"), addresses("10-70-4-3.home.pod.cluster.local"));
        assertEquals(DnsQuery.PTR, ask("1.5.70.10.in-addr.arpa", DnsQuery.PTR).records().getFirst().type());
        assertEquals(List.of("192.168.1.20"), addresses("web.home.arpa"));
    }

    @Test
    void whatIsNotThereIsToldSoAndTheRestIsNotOurs() {
        for (var name : List.of("none.home.svc.cluster.local", "x.web.home.svc.cluster.local", "db.home.arpa",
                "web.nowhere.svc.cluster.local",
                "x.cluster.local")) {
            assertEquals(DnsAnswer.NO_SUCH_NAME, ask(name, DnsQuery.A).code(), name);
        }
        assertTrue(ZONE.answer(query("example.com", DnsQuery.A)).isEmpty());
        assertTrue(ZONE.answer(query("9.9.9.9.in-addr.arpa", DnsQuery.PTR)).isEmpty());
    }

    @Test
    void noBytesBringTheServerDown() throws IOException {
        try (var server = server(List.of())) {
            var random = new Random(7);
            var good = question("web.home.svc.cluster.local", DnsQuery.A);
            for (int i = 0; i < 20_000; i++) {
                var bytes = i % 2 == 0 ? good.clone() : new byte[random.nextInt(60)];
                if (i % 2 == 0) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                else random.nextBytes(bytes);
                server.answer(bytes, false);
            }
            assertThrows(IllegalArgumentException.class, () -> DnsQuery.parse(new byte[] {0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte) 0xc0,
                    12}));
        }
    }

    @Test
    void questionsAreAnsweredOverUdpAndTcp() throws IOException {
        try (var server = server(List.of()); var socket = new DatagramSocket()) {
            server.start();
            var question = question("web.home.svc.cluster.local", DnsQuery.A);
            socket.connect(InetAddress.getLoopbackAddress(), server.port());
            socket.setSoTimeout(5_000);
            socket.send(new DatagramPacket(question, question.length));
            var packet = new DatagramPacket(new byte[512], 512);
            socket.receive(packet);
            var udp = Arrays.copyOf(packet.getData(), packet.getLength());
            try (var tcp = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                var out = new DataOutputStream(tcp.getOutputStream());
                out.writeShort(question.length);
                out.write(question);
                var in = new DataInputStream(tcp.getInputStream());
                assertArrayEquals(udp, in.readNBytes(in.readUnsignedShort()));
            }
            assertArrayEquals(new byte[] {10, 70, 5, 1}, Arrays.copyOfRange(udp, udp.length - 4, udp.length));
        }
    }

    @Test
    void anAnswerTooLongForUdpIsCutAndWholeOverTcp() {
        var many = IntStream.range(0, 40).mapToObj(i -> DnsRecord.address("db.home.svc.cluster.local", "10.70.4." + i)).toList();
        var question = question("db.home.svc.cluster.local", DnsQuery.A);
        var answer = new DnsAnswer(DnsAnswer.NO_ERROR, many, List.of());
        var cut = answer.message(question, DnsQuery.parse(question), 512);
        assertEquals(0x0200, ByteBuffer.wrap(cut).getShort(2) & 0x0200);
        assertEquals(40, ByteBuffer.wrap(answer.message(question, DnsQuery.parse(question), 65_535)).getShort(6));
    }

    @Test
    void otherNamesAreAskedOnceAndRememberedForTheirLife() throws Exception {
        var asked = new AtomicInteger();
        try (var upstream = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> echo(upstream, asked));
            var forwarder = new DnsForwarder(() -> List.of("127.0.0.1"), upstream.getLocalPort(), Clock.systemUTC());
            for (int id = 1; id <= 3; id++) {
                var question = question("example.com", DnsQuery.A);
                ByteBuffer.wrap(question).putShort((short) id);
                assertEquals(id, ByteBuffer.wrap(forwarder.ask(question, DnsQuery.parse(question), false)).getShort());
            }
            assertEquals(1, asked.get());
        }
    }

    @Test
    void withoutAResolverTheAnswerIsAFailureNotSilence() throws IOException {
        try (var server = server(List.of())) {
            var answer = server.answer(question("example.com", DnsQuery.A), false);
            assertEquals(DnsAnswer.SERVER_FAILURE, answer[3] & 0xf);
        }
    }

    /// Another server, which knows one address for everything, for a minute.
    private static void echo(DatagramSocket socket, AtomicInteger asked) {
        try {
            while (true) {
                var packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                asked.incrementAndGet();
                var question = Arrays.copyOf(packet.getData(), packet.getLength());
                var query = DnsQuery.parse(question);
                var record = new DnsRecord(query.name(), DnsQuery.A, 60, new byte[] {1, 2, 3, 4});
                var answer = new DnsAnswer(0, List.of(record), List.of()).message(question, query, 512);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static DnsServer server(List<String> resolvers) throws IOException {
        return new DnsServer(InetAddress.getLoopbackAddress(), 0, () -> ZONE, new DnsForwarder(() -> resolvers, Clock.systemUTC()));
    }

    private static List<String> addresses(String name) {
        return ask(name, DnsQuery.A).records().stream().map(record -> IntStream.range(0, 4).mapToObj(i -> "" + (record.content()[i] & 0xff))
                .reduce((a, b) -> a + "." + b).orElseThrow()).toList();
    }

    private static DnsAnswer ask(String name, int type) {
        return ZONE.answer(query(name, type)).orElseThrow();
    }

    private static DnsQuery query(String name, int type) {
        return DnsQuery.parse(question(name, type));
    }

    private static byte[] question(String name, int type) {
        var bytes = DnsName.write(name);
        return ByteBuffer.allocate(12 + bytes.length
                + 4).putShort((short) 99).putShort((short) 0x0100).putShort((short) 1).putShort((short) 0)
                .putInt(0).put(bytes).putShort((short) type).putShort((short) 1).array();
    }

    private static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
