package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomDefinitionValidationTest {
    private static final String ROOT = "spec.validation.openAPIV3Schema";

    private static JsonObject crd(String schema) {
        return Json.parse(("{'metadata':{'name':'toys.example.com'},'spec':{'group':'example.com','scope':'Namespaced','conversion':{'strategy':'None'},"
                + "'names':{'plural':'toys','singular':'toy','kind':'Toy','listKind':'ToyList'},'versions':[{'name':'v1','served':true,'storage':true,"
                + "'schema':{'openAPIV3Schema':" + schema + "}}]},'status':{'storedVersions':['v1']}}").replace('\'', '"')).object();
    }

    private static List<String> errors(JsonObject crd) {
        return CustomDefinitionValidation.validate(crd, new RuleCompiler()).stream().map(FieldError::toString).toList();
    }

    @Test
    void aPlainDefinitionIsRight() {
        assertEquals(List.of(), errors(crd("{'type':'object','properties':{'spec':{'type':'object','properties':{'n':{'type':'integer','default':3}}}}}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'type':'string'} | .type: Invalid value: \"string\": must be object at the root",
        "{'type':'object','properties':{'a':{}}} | .properties[a].type: Required value: must not be empty for specified object fields",
        "{'type':'object','properties':{'a':{'type':'array'}}} | .properties[a].items: Required value: must be specified",
        "{'type':'object','properties':{'a':{'type':'string','default':7}}}"
            + " | .properties[a].default: Invalid value: \"integer\":  in body must be of type string: \"integer\"",
        "{'type':'object','properties':{'a':{'type':'string','pattern':'('}}}"
            + " | .properties[a].pattern: Invalid value: \"(\": must be a valid regular expression, but isn't: Unclosed group",
        "{'type':'object','properties':{'a':{'type':'object','anyOf':[{'type':'object'}]}}}"
            + " | .properties[a].anyOf[0].type: Forbidden: must be empty to be structural",
        "{'type':'object','properties':{'a':{'type':'array','items':{'type':'string','x-kubernetes-validations':[{'rule':'self == oldSelf'}]}}}}"
            + " | .properties[a].items.x-kubernetes-validations[0].rule: Invalid value: \"self == oldSelf\": oldSelf cannot be used on the uncorrelata"
            + "ble portion of the schema within spec.validation.openAPIV3Schema.properties[a]"})
    void aSchemaMustBeStructural(String schema, String error) {
        assertEquals(List.of(ROOT + error), errors(crd(schema)));
    }

    @Test
    void namesFitTogether() {
        var wrong = crd("{'type':'object'}").withAt("Everywhere", "spec", "scope").withAt("Toy", "spec", "names", "listKind");
        assertEquals(List.of("spec.scope: Unsupported value: \"Everywhere\": supported values: \"Cluster\", \"Namespaced\"",
                "spec.names.listKind: Invalid value: \"Toy\": kind and listKind may not be the same"), errors(wrong));
        assertEquals(List.of("metadata.name: Invalid value: \"boys.example.com\": must be spec.names.plural+\".\"+spec.group"),
                errors(crd("{'type':'object'}").withAt("boys.example.com", "metadata", "name")));
    }

    @Test
    void whatIsEstablishedKeepsItsScope() {
        var old = new Condition("Established", "True", "InitialNamesAccepted", "").on(crd("{'type':'object'}"), Api.NOW);
        var errors = CustomDefinitionValidation.validateUpdate(old.withAt("Cluster", "spec", "scope"), old);
        assertEquals("[spec.scope: Invalid value: \"Cluster\": field is immutable]", errors.toString());
    }
}
