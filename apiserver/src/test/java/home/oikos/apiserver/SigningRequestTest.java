package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Asking for a certificate, approving and signing, as the API keeps them apart.
class SigningRequestTest {
    private static final String PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
    /// O=family, CN=kim; made with OpenSSL, its key thrown away.
    private static final String KIM = ""
            + "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIYk1JR0JBZ0VBTUI4eER6QU5CZ05WQkFvTUJtWmhiV2xzZVRFTU1Bb0dBMVVFQXd3RGEy"
            + "bHRNRmt3RXdZSApLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFOCtFTHdxdTFueFM4bXBkQy9hMWswbDd6dUZMd2xTcld4UzMzCjVtNVlaQUt1RUlYSXF5"
            + "OC9oVHBZZTFzc3dPUDV6ZmFlZmIxbU1QSDc1bGFHUVZnY1RLQUFNQW9HQ0NxR1NNNDkKQkFNQ0Ewa0FNRVlDSVFESFEvemNUVXBLazZnV3poUW50Y29Obzgw"
            + "SCtYTHJSMVlWQW80MExUaVNWZ0loQUljVgpjeU1CUnovK1JJQmtEdENCMnZPZU0vQUdHNU9GVVB2djlCK0cycDAvCi0tLS0tRU5EIENFUlRJRklDQVRFIFJF"
            + "UVVFU1QtLS0tLQo=";
    /// O=system:masters, CN=mallory.
    private static final String MALLORY = ""
            + "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIbE1JR05BZ0VBTUNzeEZ6QVZCZ05WQkFvTURuTjVjM1JsYlRwdFlYTjBaWEp6TVJBd0Rn"
            + "WURWUVFEREFkdApZV3hzYjNKNU1Ga3dFd1lIS29aSXpqMENBUVlJS29aSXpqMERBUWNEUWdBRXVkUC9aOUF1SnFwckE5Sm9GWVdDCmNnWi9DcTRZQmpnY2pU"
            + "VkRGRWZtbTM1WHlsREpyakZuczdtTXUraE4zNll1eE1nTXhVQ0VnaVB4b0RNRTlxeHIKaUtBQU1Bb0dDQ3FHU000OUJBTUNBMGNBTUVRQ0lCOWU0WDZrT21R"
            + "b3FVY1FneHIvNitoV0tEd01SajE3ZkJaMgpRSEUvNHRuaUFpQWdpU2FyNGNiUnNrRFVWNktIZGN3WFY3NXh2c1c2SHc3QmU0UkpxM3NTRFE9PQotLS0tLUVO"
            + "RCBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K";
    private SecureApi api;
    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        api = new SecureApi(directory, Optional.empty());
        role("asks", "certificatesigningrequests\",\"certificatesigningrequests/approval\",\"certificatesigningrequests/status", "*", "");
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    /// For the user of the same name, and everybody else named in the role.
    private void role(String user, String resources, String verbs, String names) throws Exception {
        api.create(RBAC + "/clusterroles", """
                {"metadata":{"name":"%s"},"rules":[{"apiGroups":["certificates.k8s.io"],"resources":["%s"],"verbs":["%s"]%s}]}"""
                .formatted(user, resources, verbs, names));
        api.create(RBAC + "/clusterrolebindings", """
                {"metadata":{"name":"%1$s"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"%1$s"},
                 "subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"asks"}]}""".formatted(user));
    }

    private static String request(String name, String request, String usages, String signer) {
        return """
                {"metadata":{"name":"%s"},"spec":{"request":"%s","usages":[%s],"signerName":"%s","username":"root","groups":["system:masters"]}}"""
                .formatted(name, request, usages, signer);
    }

    private static String valid(String name) {
        return request(name, KIM, "\"client auth\"", "kubernetes.io/kube-apiserver-client");
    }

    @Test
    void whoAsksIsWrittenDownByTheServerAndNeverChanges() throws Exception {
        var made = api.as("asks", "POST", PATH, valid("kim")).body();
        assertEquals("asks", made.at("spec", "username").text(""));
        assertEquals("[\"system:authenticated\"]", made.at("spec", "groups").toString());
        var changed = api.as("asks", "PATCH", PATH + "/kim", "{\"spec\":{\"username\":\"root\",\"usages\":[\"any\"]}}").body();
        assertEquals(made.at("spec"), changed.at("spec"));
    }

    @Test
    void approvingAndSigningNeedTheRightForThatSigner() throws Exception {
        api.as("asks", "POST", PATH, valid("kim"));
        var approved = "{\"status\":{\"conditions\":[{\"type\":\"Approved\",\"status\":\"True\",\"reason\":\"Known\"}]}}";
        assertEquals("certificatesigningrequests.certificates.k8s.io \"kim\" is forbidden: user not permitted to approve requests with signerName "
                + "\"kubernetes.io/kube-apiserver-client\"", api.as("asks", "PATCH", PATH + "/kim/approval", approved).message());
        role("approver", "signers", "approve", ",\"resourceNames\":[\"kubernetes.io/*\"]");
        assertEquals(200, api.as("asks", "PATCH", PATH + "/kim/approval", approved).status());
        var now = api.admin("GET", PATH + "/kim", "").body().at("status", "conditions").at(0);
        assertTrue(now.at("lastUpdateTime").isPresent() && now.at("lastTransitionTime").isPresent(), now.toString());
        assertEquals(403, api.as("asks", "PATCH", PATH + "/kim/status", "{\"status\":{\"certificate\":\"QQ==\"}}").status());
        role("signer", "signers", "sign", ",\"resourceNames\":[\"kubernetes.io/kube-apiserver-client\"]");
        assertEquals(200, api.as("asks", "PATCH", PATH + "/kim/status", "{\"status\":{\"certificate\":\"QQ==\"}}").status());
        assertEquals("CertificateSigningRequest.certificates.k8s.io \"kim\" is invalid: status.conditions: Forbidden: updates may not remove a condition "
                + "of type \"Approved\"", api.as("asks", "PATCH", PATH + "/kim/approval", "{\"status\":{\"conditions\":null}}").message());
        assertEquals(422, api.as("asks", "PATCH", PATH + "/kim/approval",
                "{\"status\":{\"conditions\":[{\"type\":\"Denied\",\"status\":\"True\"}]}}").status());
    }

    @Test
    void badRequestsAreRefusedInWords() throws Exception {
        assertEquals("certificatesigningrequests.certificates.k8s.io \"m\" is forbidden: use of kubernetes.io/kube-apiserver-client signer with "
                + "system:masters group is not allowed", api.as("asks", "POST", PATH, request("m", MALLORY, "\"client auth\"",
                "kubernetes.io/kube-apiserver-client")).message());
        invalid("spec.request: Invalid value: \"a2lt\": expected a PEM block CERTIFICATE REQUEST, found none", "a2lt", "\"client auth\"", "e.com/s");
        invalid("spec.usages: Required value", KIM, "", "e.com/s");
        invalid("spec.usages[1]: Duplicate value: \"client auth\"", KIM, "\"client auth\",\"client auth\"", "e.com/s");
        invalid("spec.signerName: Invalid value: \"s\": must be a fully qualified domain and path of the form 'example.com/signer-name'", KIM,
                "\"client auth\"", "s");
        invalid("spec.signerName: Invalid value: \"kubernetes.io/legacy-unknown\": the legacy signerName is not allowed via this API version", KIM,
                "\"client auth\"", "kubernetes.io/legacy-unknown");
    }

    private void invalid(String words, String request, String usages, String signer) throws Exception {
        var answer = api.as("asks", "POST", PATH, request("x", request, usages, signer));
        assertEquals(422, answer.status());
        assertEquals("CertificateSigningRequest.certificates.k8s.io \"x\" is invalid: " + words, answer.message());
    }
}
