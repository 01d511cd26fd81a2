package home.oikos.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import home.oikos.api.Json;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesLibraryTest {
    private static final CelEnvironment RULES = CelEnvironment.validation();
    private static final Json SELF = Json.parse("""
            {"t":"a42b","l":[1,2,3],"d":[3,1],"u":"https://me@example.com:8443/x%20y?a=b&a=c","s":"2.1.0-rc.1"}""");

    private static Json value(String expression) {
        return RULES.compile(expression).evaluate(Map.of("self", TypedValues.of(SELF, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "isQuantity('1Gi') && !isQuantity('abc') && quantity('1Gi').isGreaterThan(quantity('100Mi')) && quantity('500m').isLessThan(quantity('1'))",
        "quantity('2k').asInteger() == 2000 && quantity('1').add(quantity('1')).compareTo(quantity('2')) == 0 && quantity('5').sub(6).sign() == -1",
        "isIP('::1') && !isIP('1.2.3') && !isIP('01.2.3.4') && ip('10.0.0.1').family() == 4 && ip('127.0.0.1').isLoopback() && ip('8.8.8.8').isGlobalUnicast()",
        "ip.isCanonical('fd00::1') && !ip.isCanonical('fd00:0::1')",
        "isCIDR('10.0.0.0/8') && cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.0.0.0/8').containsIP('11.0.0.1')",
        "cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8') && cidr('::/0').prefixLength() == 0 && !isCIDR('10.0.0.0/33')",
        "isURL(self.u) && url(self.u).getHost() == 'example.com:8443' && url(self.u).getHostname() == 'example.com' && url(self.u).getPort() == '8443'",
        "url(self.u).getEscapedPath() == '/x%20y' && url(self.u).getQuery()['a'][1] == 'c' && !isURL('::') && url('/a').getScheme() == ''",
        "self.t.find('[0-9]+') == '42' && self.t.findAll('[a-z]').size() == 2 && self.t.findAll('[a-z]', 1) == ['a'] && self.t.find('x') == ''",
        "self.l.isSorted() && !self.d.isSorted() && self.l.sum() == 6 && self.l.max() == 3 && self.d.min() == 1 && self.l.indexOf(2) == 1",
        "self.t.indexOf('b') == 3 && self.t.lastIndexOf('a') == 0", "self.l.all(i, v, i < v) && self.l.exists_one(x, x == 3) && sets.contains(self.l, [3])",
        "!format.dns1123Label().validate('ab-c').hasValue() && format.dns1123Label().validate('A_B').hasValue() && !format.named('none').hasValue()",
        "isSemver(self.s) && semver(self.s).major() == 2 && semver(self.s).isLessThan(semver('2.1.0')) && isSemver('v1.02', true) && !isSemver('v2')"})
    void rulesCanUseIt(String expression) {
        assertEquals(Json.of(true), value(expression));
    }

    @Test
    void mistakesAreToldInWords() {
        assertThrows(CelException.class, () -> value("quantity('abc').sign() > 0"));
        assertEquals("max called on empty list", assertThrows(CelException.class, () -> value("[].max() == 1")).getMessage());
    }

    @Test
    void anAbsentOldValueIsAnEmptyOptional() {
        var rule = RULES.compile("!oldSelf.hasValue() || oldSelf.value() == self");
        assertEquals(Json.of(true), rule.evaluate(Map.of("self", "a", "oldSelf", Optional.empty())));
        assertEquals(Json.of(false), rule.evaluate(Map.of("self", "a", "oldSelf", Optional.of("b"))));
    }

    @Test
    void propertyNamesAreSpelledAsRulesWriteThem() {
        assertEquals("a__dash__b__dot__c", TypedValues.escaped("a-b.c"));
        assertEquals("__namespace__", TypedValues.escaped("namespace"));
        assertEquals("plain_1", TypedValues.escaped("plain_1"));
    }
}
