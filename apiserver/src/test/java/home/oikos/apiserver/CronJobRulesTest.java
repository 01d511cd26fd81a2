package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronJobRulesTest {
    private static final String JOBS = "/apis/batch/v1/namespaces/default/";
    private static final String TEMPLATE = "{'spec':{'containers':[{'name':'c','image':'x'}]}}";

    @ParameterizedTest
    @ValueSource(strings = {"* * * * *", "*/5 0-6,22 1 jan-mar mon", "@daily", "@every 90s"})
    void aScheduleIsFiveFieldsOrAWord(String schedule) {
        assertNull(CronSyntax.error(schedule));
    }

    @Test
    void aFieldStaysInItsRange() {
        assertEquals("end of range (61) above maximum (59): 61", CronSyntax.error("61 * * * *"));
        assertEquals("beginning of range (0) below minimum (1): 0", CronSyntax.error("0 0 0 * *"));
        assertEquals("expected exactly 5 fields, found 2: [* *]", CronSyntax.error("* *"));
    }

    @Test
    void aScheduleNamesNoZoneAndAJobEnds() throws Exception {
        try (var api = new Api()) {
            var status = api.refused(422, "POST", JOBS + "cronjobs", "application/json", "{'metadata':{'name':'a'},'spec':{'schedule':"
                    + "'TZ=Europe/Berlin 0 0 * * *','jobTemplate':{'spec':{'template':" + TEMPLATE + "}}}}");
            assertEquals("CronJob.batch \"a\" is invalid: [spec.schedule: Invalid value: \"TZ=Europe/Berlin 0 0 * * *\": cannot use TZ or "
                    + "CRON_TZ in schedule, use timeZone field instead, spec.jobTemplate.spec.template.spec.restartPolicy: Required value: "
                    + "valid values: \"OnFailure\", \"Never\"]", status.at("message").text(""));
        }
    }

    @Test
    void aJobTakesNoSelectorOfItsOwn() throws Exception {
        try (var api = new Api()) {
            var status = api.refused(422, "POST", JOBS + "jobs", "application/json", "{'metadata':{'name':'a'},'spec':{'selector':"
                    + "{'matchLabels':{'a':'b'}},'template':" + TEMPLATE.replace("{'spec':{", "{'spec':{'restartPolicy':'Never',") + "}}");
            assertEquals("spec.selector", status.at("details", "causes").at(0).at("field").text(""));
        }
    }
}
