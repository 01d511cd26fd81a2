package home.oikos.dashboard;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.http.LocalRequest;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private static LocalRequest request(String method) {
        return LocalRequest.of(method, "/api/v1/pods").with("Host", "Home.local:6443");
    }

    @Test
    void readsNeedNoOrigin() {
        assertTrue(Origins.mayPass(request("GET")));
        assertTrue(Origins.mayPass(request("GET").with("Sec-Fetch-Site", "same-origin")));
        assertTrue(Origins.mayPass(request("GET").with("Sec-Fetch-Site", "none")), "typed into the address bar");
    }

    @Test
    void readsFromOtherPagesDoNotPass() {
        assertFalse(Origins.mayPass(request("GET").with("Sec-Fetch-Site", "same-site")));
        assertFalse(Origins.mayPass(request("GET").with("Sec-Fetch-Site", "cross-site")));
        assertFalse(Origins.mayPass(request("GET").with("Origin", "https://home.local:8080")));
    }

    @Test
    void writesNeedTheirOwnOrigin() {
        for (var method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
            assertFalse(Origins.mayPass(request(method)), method);
            assertTrue(Origins.mayPass(request(method).with("Origin", "https://home.local:6443")), method);
            assertFalse(Origins.mayPass(request(method).with("Origin", "http://home.local:6443")), method);
            assertFalse(Origins.mayPass(request(method).with("Origin", "null")), method);
        }
    }

    @Test
    void socketsNeedTheirOwnOrigin() {
        assertFalse(Origins.mayPass(request("GET").with("Upgrade", "websocket")));
        assertTrue(Origins.mayPass(request("GET").with("Upgrade", "websocket").with("Origin", "https://home.local:6443")));
    }

    @Test
    void withoutAHostNoOriginIsOwn() {
        assertFalse(Origins.mayPass(LocalRequest.of("POST", "/").with("Origin", "https://home.local:6443")));
    }
}
