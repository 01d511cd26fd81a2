package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/// What is special about CronJobs: a schedule that can come true, and a job that may be made from them.
final class CronJobRules extends PlainRules {
    private static final String POD = "spec.jobTemplate.spec.template.spec";

    CronJobRules(ResourceDefinition definition) {
        super(definition, true);
    }

    @Override
    void check(JsonObject object, List<FieldError> all) {
        var spec = object.at("spec");
        var errors = new FieldErrors(all, "spec");
        errors.tell("spec.schedule");
        var schedule = spec.at("schedule").text("");
        if (!schedule.isEmpty()) errors.invalid("spec.schedule", schedule, scheduleError(schedule));
        if (spec.at("timeZone").isPresent()) errors.invalid("spec.timeZone", spec.at("timeZone"), zoneError(spec.at("timeZone").text("")));
        errors.notNegative(spec.at("startingDeadlineSeconds"), "spec.startingDeadlineSeconds");
        errors.tell("spec.concurrencyPolicy");
        errors.notNegative(spec.at("successfulJobsHistoryLimit"), "spec.successfulJobsHistoryLimit");
        errors.notNegative(spec.at("failedJobsHistoryLimit"), "spec.failedJobsHistoryLimit");
        errors.tellAll();
        PodSpecChecks.check(object.at("spec", "jobTemplate", "spec", "template", "spec"), POD, all);
        JobRules.restarts(object.at("spec", "jobTemplate", "spec", "template", "spec"), POD, all);
    }

    private static String scheduleError(String schedule) {
        return schedule.contains("TZ") ? "cannot use TZ or CRON_TZ in schedule, use timeZone field instead" : CronSyntax.error(schedule);
    }

    private static String zoneError(String zone) {
        if (zone.isEmpty()) return "timeZone must be nil or non-empty string";
        if (zone.equalsIgnoreCase("Local")) return "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
        try {
            ZoneId.of(zone);
            return null;
        } catch (DateTimeException _) {
            return "unknown time zone " + zone;
        }
    }
}
