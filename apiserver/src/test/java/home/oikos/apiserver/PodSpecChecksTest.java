package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodSpecChecksTest {
    private static List<String> wrong(String spec, FieldError... known) {
        var errors = new ArrayList<>(List.of(known));
        PodSpecChecks.check(Json.parse(spec.replace('\'', '"')), "spec", errors);
        return errors.stream().map(FieldError::toString).toList();
    }

    private static List<String> wrongIn(String container) {
        return wrong("{'containers':[{'name':'c','image':'x'," + container + "}]}");
    }

    @Test
    void anOrdinaryPodIsFine() {
        assertEquals(List.of(), wrong("""
                {'containers':[{'name':'c','image':'x:1','ports':[{'name':'web','containerPort':80}],
                 'env':[{'name':'A','value':'b'},{'name':'N','valueFrom':{'fieldRef':{'fieldPath':'metadata.labels['k']'}}}],
                 'resources':{'limits':{'cpu':'1'},'requests':{'cpu':'500m'}},'volumeMounts':[{'name':'v','mountPath':'/v'}],
                 'livenessProbe':{'httpGet':{'port':'web'}}}],'volumes':[{'name':'v','emptyDir':{}}],
                 'tolerations':[{'operator':'Exists'}],'restartPolicy':'Always','dnsPolicy':'ClusterFirst'}""".replace("['k']", "")));
    }

    @Test
    void whatTheSchemaSaidIsToldInItsPlace() {
        assertEquals(List.of("spec.containers[0].image: Required value", "spec.containers[0].imagePullPolicy: Required value",
                "spec.containers[1].name: Duplicate value: \"a\""), wrong("{'containers':[{'name':'a'},{'name':'a','image':'x'}]}",
                FieldError.required("spec.containers[0].imagePullPolicy")));
    }

    @Test
    void imagesAreLookedAtLast() {
        assertEquals(List.of("spec.containers[1].name: Duplicate value: \"a\"",
                "spec.containers[0].image: Invalid value: \" x\": must not have leading or trailing whitespace"),
                wrong("{'containers':[{'name':'a','image':' x'},{'name':'a','image':'x'}]}"));
    }

    @Test
    void portsAreInRangeAndTheirNamesShortAndUnique() {
        assertEquals(List.of("spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
                "spec.containers[0].ports[1].name: Invalid value: \"a-name-that-is-far-too-long\": must be no more than 15 characters",
                "spec.containers[0].ports[3].name: Duplicate value: \"w\""),
                wrongIn("'ports':[{'containerPort':70000},{'containerPort':1,'name':'a-name-that-is-far-too-long'},"
                        + "{'containerPort':2,'name':'w'},{'containerPort':3,'name':'w'}]"));
    }

    @Test
    void aRequestAboveItsLimitIsRefused() {
        assertEquals(List.of("spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1"),
                wrongIn("'resources':{'limits':{'cpu':'1'},'requests':{'cpu':'2'}}"));
    }

    @Test
    void aMountNeedsItsVolumeAndAPlaceOfItsOwn() {
        assertEquals(List.of("spec.containers[0].volumeMounts[0].name: Not found: \"missing\"",
                "spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"/a\": must be unique",
                "spec.containers[0].volumeMounts.subPath: Invalid value: \"../x\": must not contain '..'"),
                wrong("{'containers':[{'name':'c','image':'x','volumeMounts':[{'name':'missing','mountPath':'/a'},"
                        + "{'name':'v','mountPath':'/a','subPath':'../x'}]}],'volumes':[{'name':'v','emptyDir':{}}]}"));
    }

    @Test
    void aProbeAsksInExactlyOneWay() {
        assertEquals(List.of("spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type",
                "spec.containers[0].readinessProbe: Required value: must specify a handler type"),
                wrongIn("'livenessProbe':{'httpGet':{'port':80},'tcpSocket':{'port':81}},'readinessProbe':{}"));
    }

    @Test
    void anEmptyKeyTolerationMatchesEverything() {
        assertEquals(List.of("spec.tolerations[0].operator: Invalid value: \"Equal\": operator must be Exists when `key` is empty, which "
                + "means \"match all values and all keys\""),
                wrong("{'containers':[{'name':'c','image':'x'}],'tolerations':[{'operator':'Equal','value':'v'}]}"));
    }
}
