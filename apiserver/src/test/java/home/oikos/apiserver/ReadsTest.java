package home.oikos.apiserver;

import static home.oikos.apiserver.Api.MAPS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalRequest;
import home.oikos.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadsTest {
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api();
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private static List<String> names(Json list) {
        return list.at("items").array().stream().map(i -> i.at("metadata", "name").text("")).toList();
    }

    @Test
    void aListCopiesObjectsWithoutTheirKind() throws Exception {
        api.post(MAPS, "{'metadata':{'name':'a'},'data':{'k':'v'}}");
        var list = api.get(MAPS);
        assertEquals("ConfigMapList", list.at("kind").text(""));
        assertEquals("v", list.at("items").at(0).at("data", "k").text(""));
        assertFalse(list.at("items").at(0).object().has("kind"));
    }

    @Test
    void pagesShowTheStateOfTheFirst() throws Exception {
        for (var name : List.of("a", "b", "c")) api.post(MAPS, "{'metadata':{'name':'" + name + "'}}");
        var first = api.get(MAPS + "?limit=1");
        assertEquals(2, first.at("metadata", "remainingItemCount").integer(0));
        api.delete(MAPS + "/c");
        api.post(MAPS, "{'metadata':{'name':'bb'}}");
        var rest = api.get(MAPS + "?continue=" + first.at("metadata", "continue").text(""));
        assertEquals(List.of("b", "c"), names(rest));
        assertEquals(List.of("a", "b", "bb"), names(api.get(MAPS)));
    }

    @Test
    void selectorsChooseByLabelAndField() throws Exception {
        api.post(MAPS, "{'metadata':{'name':'a','labels':{'app':'x'}}}");
        api.post(MAPS, "{'metadata':{'name':'b','labels':{'app':'y'}}}");
        assertEquals(List.of("a"), names(api.get(MAPS + "?labelSelector=app%3Dx")));
        assertEquals(List.of("b"), names(api.get(MAPS + "?labelSelector=app%20notin%20(x)")));
        assertEquals(List.of("b"), names(api.get(MAPS + "?fieldSelector=metadata.name%21%3Da")));
        api.refused(400, "GET", MAPS + "?fieldSelector=data.k%3Dv", "", "");
    }

    @Test
    void aWatchReplaysThenGoesLive() throws Exception {
        var from = api.post(MAPS, "{'metadata':{'name':'a'}}").at("metadata", "resourceVersion").text("");
        api.merge(MAPS + "/a", "{'data':{'k':'1'}}");
        var watch = api.watch(MAPS + "?watch=1&resourceVersion=" + from);
        assertEquals("MODIFIED", Api.event(watch).at("type").text(""));
        var last = api.merge(MAPS + "/a", "{'data':{'k':'2'}}").at("metadata", "resourceVersion");
        var live = Api.event(watch);
        assertEquals(last, live.at("object", "metadata", "resourceVersion"));
        api.delete(MAPS + "/a");
        var gone = Api.event(watch);
        assertEquals("DELETED", gone.at("type").text(""));
        assertEquals("2", gone.at("object", "data", "k").text(""));
        assertTrue(Long.parseLong(gone.at("object", "metadata", "resourceVersion").text("")) > Long.parseLong(last.text("")));
        watch.frames().close();
    }

    @Test
    void leavingASelectionIsADeletionToItsWatchers() throws Exception {
        var watch = api.watch(MAPS + "?watch=1&labelSelector=app%3Dx");
        api.post(MAPS, "{'metadata':{'name':'a','labels':{'app':'x'}},'data':{'k':'old'}}");
        assertEquals("ADDED", Api.event(watch).at("type").text(""));
        api.merge(MAPS + "/a", "{'metadata':{'labels':{'app':'y'}},'data':{'k':'new'}}");
        var left = Api.event(watch);
        assertEquals("DELETED", left.at("type").text(""));
        assertEquals("old", left.at("object", "data", "k").text(""));
        watch.frames().close();
    }

    @Test
    void initialEventsEndWithABookmarkThatSaysSo() throws Exception {
        api.post(MAPS, "{'metadata':{'name':'a'}}");
        var watch = api.watch(MAPS + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        assertEquals("ADDED", Api.event(watch).at("type").text(""));
        var bookmark = Api.event(watch);
        assertEquals("BOOKMARK", bookmark.at("type").text(""));
        assertEquals("true", bookmark.at("object", "metadata", "annotations", "k8s.io/initial-events-end").text(""));
        watch.frames().close();
    }

    @Test
    void aWatchFromTheFutureIsRefusedAndOneFromAnotherLifeExpires() throws Exception {
        assertEquals("ResourceVersionTooLarge", api.refused(504, "GET", MAPS + "?watch=1&resourceVersion=999999", "", "")
                .at("details", "causes").at(0).at("reason").text(""));
        assertEquals("Expired", api.get(MAPS + "?watch=1&resourceVersion=1").at("object", "reason").text(""));
    }

    @Test
    void aWatchSpeaksThroughAWebSocketToo() throws Exception {
        var answer = (LocalAnswer.Upgraded) api.call(LocalRequest.of("GET", MAPS + "?watch=1").with("Upgrade", "websocket"));
        api.post(MAPS, "{'metadata':{'name':'a'}}");
        var event = Json.parse(answer.socket().read().map(WebSocket.Message::bytes).orElseThrow());
        assertEquals("a", event.at("object", "metadata", "name").text(""));
        answer.socket().close(1000, "");
    }

    @Test
    void unknownPathsAndVerbsAreToldApart() throws Exception {
        assertEquals("404 page not found\n", new String(api.send("GET", "/apis/nope.example.com/v1/things", "", "").body()));
        assertEquals("NotFound", api.refused(404, "GET", "/apis/apps/v1/nonsenses", "", "").at("reason").text(""));
        assertEquals("MethodNotAllowed", api.refused(405, "PUT", MAPS, "application/json", "{}").at("reason").text(""));
    }

    @Test
    void discoveryTravelsAsProtobufAndTheVersionOnlyAsJson() throws Exception {
        var protobuf = "application/vnd.kubernetes.protobuf";
        for (var path : List.of("/api", "/apis", "/apis/apps", "/apis/apps/v1")) {
            var answer = (LocalAnswer.Whole) api.call(LocalRequest.of("GET", path).with("Accept", protobuf));
            assertEquals(200, answer.status(), path);
            assertEquals("k8s\0", new String(answer.body(), 0, 4, StandardCharsets.US_ASCII), path);
        }
        var version = (LocalAnswer.Whole) api.call(LocalRequest.of("GET", "/version").with("Accept", protobuf));
        assertEquals("1", Json.parse(version.body()).at("major").text(""));
    }
}
