package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyAdmissionTest {
    private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";
    private static final String RULES = "'matchConstraints':{'resourceRules':[{'apiGroups':[''],'apiVersions':['v1'],'operations':['CREATE','UPDATE'],"
            + "'resources':['configmaps']}]}";
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api();
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private void policy(String spec, String binding) throws Exception {
        api.post(GROUP + "validatingadmissionpolicies", "{'metadata':{'name':'p'},'spec':{" + RULES + "," + spec + "}}");
        api.post(GROUP + "validatingadmissionpolicybindings", "{'metadata':{'name':'b'},'spec':{'policyName':'p'," + binding + "}}");
    }

    private String refused(int code, String body) throws Exception {
        return api.refused(code, "POST", Api.MAPS, "application/json", body).at("message").text("");
    }

    @Test
    void whatAPolicyDeniesIsRefusedInItsWords() throws Exception {
        policy("'variables':[{'name':'n','expression':'has(object.data) ? object.data.size() : 0'}],'validations':[{'expression':"
                + "'variables.n <= 1','messageExpression':'\\u0022not \\u0022 + string(variables.n)'}]", "'validationActions':['Deny']");
        assertEquals("configmaps \"m\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: not 2",
                refused(422, "{'metadata':{'name':'m'},'data':{'a':'1','b':'2'}}"));
        api.post(Api.MAPS, "{'metadata':{'name':'m'},'data':{'a':'1'}}");
    }

    @Test
    void aPolicyWithoutABindingDoesNothing() throws Exception {
        api.post(GROUP + "validatingadmissionpolicies", "{'metadata':{'name':'p'},'spec':{" + RULES + ",'validations':[{'expression':'false'}]}}");
        api.post(Api.MAPS, "{'metadata':{'name':'m'}}");
    }

    @Test
    void aWarningLetsPass() throws Exception {
        policy("'validations':[{'expression':'object.data.size() > 0'}]", "'validationActions':['Warn']");
        var answer = api.send("POST", Api.MAPS, "application/json", "{'metadata':{'name':'m'}}");
        assertEquals(201, answer.status());
        assertTrue(answer.headers().toString().contains("Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': expression "
                + "'object.data.size() > 0' resulted in error: no such key: data"), answer.headers().toString());
    }

    @Test
    void parametersComeFromTheObjectThatTheBindingNames() throws Exception {
        var binding = "'validationActions':['Deny'],'paramRef':{'name':'limits','parameterNotFoundAction':'Deny'}";
        policy("'paramKind':{'apiVersion':'v1','kind':'Secret'},'matchConditions':[{'name':'c','expression':'object.metadata.name != \\u0022free\\u0022'}],"
                + "'validations':[{'expression':'object.data.size() <= int(params.type)','message':'too many','reason':'Forbidden'}]", binding);
        assertTrue(refused(422, "{'metadata':{'name':'m'}}").endsWith("no params found for policy binding with `Deny` parameterNotFoundAction"));
        api.post("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'limits'},'type':'1'}");
        assertTrue(refused(403, "{'metadata':{'name':'m'},'data':{'a':'','b':''}}").endsWith("denied request: too many"));
        api.post(Api.MAPS, "{'metadata':{'name':'m'},'data':{'a':''}}");
        api.post(Api.MAPS, "{'metadata':{'name':'free'},'data':{'a':'','b':''}}");
    }

    @Test
    void anExpressionThatDoesNotCompileIsRefusedWithItsPlace() throws Exception {
        var status = api.refused(422, "POST", GROUP + "validatingadmissionpolicies", "application/json",
                "{'metadata':{'name':'p'},'spec':{" + RULES + ",'validations':[{'expression':'object.'},{'expression':'1 + 1'}]}}");
        assertEquals("spec.validations[0].expression", status.at("details", "causes").at(0).at("field").text(""));
        assertTrue(status.at("message").text("").contains("must evaluate to bool but got int"));
    }

    @Test
    void aBindingMustSayWhatIsToBeDone() throws Exception {
        var status = api.refused(422, "POST", GROUP + "validatingadmissionpolicybindings", "application/json",
                "{'metadata':{'name':'b'},'spec':{'policyName':'p','validationActions':['Deny','Warn']}}");
        assertEquals("spec.validationActions", status.at("details", "causes").at(0).at("field").text(""));
    }

    @Test
    void aFailureMayBeIgnored() throws Exception {
        policy("'failurePolicy':'Ignore','validations':[{'expression':'object.nothing.here'}]", "'validationActions':['Deny']");
        api.post(Api.MAPS, "{'metadata':{'name':'m'}}");
    }
}
