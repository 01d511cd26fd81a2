package home.oikos.dashboard;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiPathsTest {
    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/v1/pods", "/apis", "/apis/apps/v1/deployments", "/version", "/openapi/v3"})
    void theApiIsForwarded(String path) {
        assertTrue(ApiPaths.isApi(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/session", "/apiary", "/metrics", "/healthz", "/oikos/backup", "/.well-known/openid-configuration"})
    void everythingElseIsNot(String path) {
        assertFalse(ApiPaths.isApi(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/namespaces/a/pods/b/proxy", "/api/v1/namespaces/a/services/b/proxy/x/y", "/api/v1/nodes/n/proxy",
            "/api/v1/proxy/namespaces/a/pods/b",
            "/api/v1//nodes/n/proxy", "/api/v1/nodes/n/./proxy", "/api/v1/nodes/n/%70roxy", "/api/v1/namespaces/a/pods/b%2Fproxy"})
    void whatMayServeForeignPagesIsRefused(String path) {
        assertTrue(ApiPaths.isRefused(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/v1", "/api/v1/pods", "/api/v1/namespaces/proxy", "/api/v1/namespaces/proxy/pods/proxy/log",
            "/api/v1/namespaces/a/services/proxy",
            "/apis/apps/v1/namespaces/a/deployments/proxy", "/api/v1/namespaces/a/pods/b/exec"})
    void namesAreNoSubresources(String path) {
        assertFalse(ApiPaths.isRefused(path));
    }
}
