package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import home.oikos.api.Json;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalRequest;
import home.oikos.http.WebSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api(ApiServerOptions.of(Clock.systemUTC(), new Random(1)).withNode(new HostNode()));
        api.post("/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'default'}}");
        api.post(PODS, "{'metadata':{'name':'p'},'spec':{'nodeName':'n','containers':[{'name':'c','image':'i'},{'name':'d','image':'i'}]}}");
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    @Test
    void aLogIsStreamedAndARefusalIsAStatus() throws Exception {
        var answer = assertInstanceOf(LocalAnswer.Streamed.class, api.call(LocalRequest.of("GET", PODS + "/p/log?container=d")));
        assertEquals("first of d\nsecond\n", new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals("previous terminated container \"d\" in pod \"p\" not found",
                api.refused(400, "GET", PODS + "/p/log?container=d&previous=true", "", "").at("message").text(""));
        assertEquals("a container name must be specified for pod p, choose one of: [c d]", api.refused(400, "GET", PODS + "/p/log", "", "")
                .at("message").text(""));
    }

    @Test
    void aCommandTellsItsOutputAndItsExitCodeByChannel() throws Exception {
        var answer = assertInstanceOf(LocalAnswer.Upgraded.class, api.call(LocalRequest.of("GET",
                PODS + "/p/exec?container=c&command=sh&command=-c&command=cat%3Becho%20err%20%3E%262%3Bexit%203&stdin=true&stdout=true&stderr=true")
                .with("Sec-WebSocket-Protocol", "v5.channel.k8s.io")));
        var socket = answer.socket();
        socket.write(new WebSocket.Message(true, new byte[] {0, 'h', 'i', '\n'}));
        socket.write(new WebSocket.Message(true, new byte[] {(byte) 255, 0}));
        var told = new ByteArrayOutputStream[] {null, new ByteArrayOutputStream(), new ByteArrayOutputStream(),
                new ByteArrayOutputStream()};
        for (var message = socket.read(); message.isPresent(); message = socket.read()) {
            var bytes = message.get().bytes();
            told[bytes[0]].write(bytes, 1, bytes.length - 1);
        }
        assertEquals("hi\n", told[1].toString());
        assertEquals("err\n", told[2].toString());
        var status = Json.parse(told[3].toByteArray());
        assertEquals("NonZeroExitCode", status.at("reason").text(""));
        assertEquals("3", status.at("details", "causes").at(0).at("message").text(""));
    }

    @Test
    void theOldestProtocolTellsOfASuccessByEnding() throws Exception {
        assertEquals("1:ok\n", spoken("channel.k8s.io", "echo%20ok"));
        assertEquals("3:command terminated with non-zero exit code: error executing command, exit code 3", spoken("channel.k8s.io", "exit%203"));
        assertEquals("3:{\"metadata\":{},\"status\":\"Success\"}", spoken("v4.channel.k8s.io", "true"));
    }

    /// Every message with something in it, by channel.
    private String spoken(String protocol, String command) throws Exception {
        var answer = assertInstanceOf(LocalAnswer.Upgraded.class, api.call(LocalRequest.of("GET", PODS + "/p/exec?container=c&command=sh&command=-c&command="
                + command + "&stdout=true&stderr=true").with("Sec-WebSocket-Protocol", protocol)));
        var told = new StringBuilder();
        for (var message = answer.socket().read(); message.isPresent(); message = answer.socket().read()) {
            var bytes = message.get().bytes();
            if (bytes.length > 1) told.append(bytes[0]).append(':').append(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
        }
        return told.toString();
    }

    @Test
    void headersOfStreamsSurviveTheirCompression() throws Exception {
        try (var one = new SpdyHeaders(); var other = new SpdyHeaders()) {
            for (int i = 0; i < 3; i++) {
                var headers = Map.of("streamtype", "data", "port", "80", "requestid", Integer.toString(i));
                assertEquals(headers, other.read(one.write(headers)));
            }
        }
    }

    /// The server library has the dictionary of the protocol too.
    @Test
    void theDictionaryIsThatOfTheProtocol() throws Exception {
        var theirs = Class.forName("io.netty.handler.codec.spdy.SpdyCodecUtil").getDeclaredField("SPDY_DICT");
        theirs.setAccessible(true);
        assertArrayEquals((byte[]) theirs.get(null), SpdyHeaders.DICTIONARY);
    }
}
