package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufTest {
    private final SchemaLibrary library = new SchemaLibrary(_ -> """
            group-version test/v1

            type Scalars
              text string #1
              flag bool #2
              small int32 #3
              big uint64 #4
              zig sint64 #5
              four fixed32 #6
              eight sfixed64 #7
              half float #8
              whole double #9
              blob bytes #10
              numbers [int32] #11
              labels {string} #12
              nested Scalars #13
              list [Scalars] #14
              extra {[string]} #15
              kept int32? #16
              must int32! #17
            """);
    private final ObjectSchema scalars = library.type("test/Scalars");

    private static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyBuiltInKindComesBackAsItWent(long seed) {
        var trees = new RandomTrees(new Random(seed));
        var catalog = Catalog.builtIn();
        for (var groupVersion : catalog.groupVersions()) {
            for (var type : catalog.types(groupVersion)) {
                var tree = trees.tree(type);
                assertEquals(tree, Protobuf.decode(Protobuf.encode(tree, type), type), () -> "seed " + seed + " " + type);
            }
        }
    }

    @Test
    void knownBytesOfEveryScalar() {
        assertArrayEquals(hex("0a 01 61  10 01  18 ff ff ff ff ff ff ff ff ff 01  20 96 01  28 03  35 01 00 00 00"),
                Protobuf.encode(json("{'text':'a','flag':true,'small':-1,'big':150,'zig':-2,'four':1}"), scalars));
        assertArrayEquals(hex("45 00 00 00 3f  52 01 61  62 06 0a 01 6b 12 01 76  6a 03 0a 01 62  7a 08 0a 01 6b 12 03 0a 01 78"),
                Protobuf.encode(json("{'half':0.5,'blob':'YQ==','labels':{'k':'v'},'nested':{'text':'b'},'extra':{'k':['x']}}"), scalars));
    }

    /// The library's own clients end with "unexpected EOF" where the verbs stand bare.
    @Test
    void theVerbsOfADiscoveredResourceAreAMessage() {
        var bytes = Protobuf.encode(json("{'name':'pods','verbs':['get']}"), Catalog.builtIn().library().type("meta-v1/APIResource"));
        assertTrue(HexFormat.of().formatHex(bytes).contains("22050a03676574"), HexFormat.of().formatHex(bytes));
    }

    @Test
    void packedAndUnpackedNumbersAreBothRead() {
        assertEquals(json("{'numbers':[1,2,3]}"), Protobuf.decode(hex("5a 02 01 02  58 03"), scalars));
    }

    @Test
    void aZeroIsKeptOnlyWhereItDiffersFromAbsenceOrIsRequired() {
        assertEquals(json("{'kept':0,'must':0}"), Protobuf.decode(hex("0a 00 10 00 18 00 80 01 00 88 01 00"), scalars));
    }

    @Test
    void unknownNumbersAreSkipped() {
        assertEquals(json("{'text':'a'}"), Protobuf.decode(hex("c2 3e 03 78 79 7a  c8 3e 05  0a 01 61"), scalars));
    }

    @Test
    void tornMessagesAreRefused() {
        assertThrows(ProtobufException.class, () -> Protobuf.decode(hex("0a 05 61"), scalars));
        assertThrows(ProtobufException.class, () -> Protobuf.decode(hex("18"), scalars));
        assertThrows(ProtobufException.class, () -> Protobuf.decode(hex("0b"), scalars));
    }

    @Test
    void theEnvelopeCarriesTheKind() {
        var type = Catalog.builtIn().type(new GroupVersionKind("apps", "v1", "Deployment")).orElseThrow();
        var deployment = json("{'kind':'Deployment','apiVersion':'apps/v1','metadata':{'name':'d'},'spec':{'paused':true}}");
        var envelope = ProtobufEnvelope.parse(ProtobufEnvelope.encode(deployment, type));
        assertEquals(new GroupVersionKind("apps", "v1", "Deployment"), envelope.kind());
        assertEquals(deployment, envelope.object(type));
    }

    @Test
    void aWatchFrameIsLengthPrefixed() {
        assertArrayEquals(hex("00 00 00 0b  0a 05 41 44 44 45 44  12 02 0a 00"), ProtobufEnvelope.watchFrame("ADDED", new byte[0]));
    }
}
