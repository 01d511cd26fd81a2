package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.Quantity;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.TreeSet;

/// One item of a LimitRange: the bounds for all things of a type.
record LimitBounds(String type, Json min, Json max, Json ratio) {
    static LimitBounds of(Json limit) {
        return new LimitBounds(limit.at("type").text(""), limit.at("min"), limit.at("max"), limit.at("maxLimitRequestRatio"));
    }

    /// @param resources `requests` and `limits`
    void check(Json resources, List<String> problems) {
        for (var name : new TreeSet<>(min.object().names())) minimum(resources, name, problems);
        for (var name : new TreeSet<>(max.object().names())) maximum(resources, name, problems);
        for (var name : new TreeSet<>(ratio.object().names())) ratio(resources, name, problems);
    }

    private void minimum(Json resources, String name, List<String> problems) {
        var wanted = Quantity.of(min.at(name)).orElse(Quantity.ZERO);
        var request = LimitRanger.quantity(resources, "requests", name);
        var limit = LimitRanger.quantity(resources, "limits", name);
        if (request == null) {
            problems.add("minimum %s usage per %s is %s.  No request is specified".formatted(name, type, wanted));
        } else if (request.compareTo(wanted) < 0) {
            problems.add("minimum %s usage per %s is %s, but request is %s".formatted(name, type, wanted, request));
        } else if (limit != null && limit.compareTo(wanted) < 0) {
            problems.add("minimum %s usage per %s is %s, but limit is %s".formatted(name, type, wanted, limit));
        }
    }

    private void maximum(Json resources, String name, List<String> problems) {
        var wanted = Quantity.of(max.at(name)).orElse(Quantity.ZERO);
        var request = LimitRanger.quantity(resources, "requests", name);
        var limit = LimitRanger.quantity(resources, "limits", name);
        if (limit == null) {
            problems.add("maximum %s usage per %s is %s.  No limit is specified".formatted(name, type, wanted));
        } else if (limit.compareTo(wanted) > 0) {
            problems.add("maximum %s usage per %s is %s, but limit is %s".formatted(name, type, wanted, limit));
        } else if (request != null && request.compareTo(wanted) > 0) {
            problems.add("maximum %s usage per %s is %s, but request is %s".formatted(name, type, wanted, request));
        }
    }

    private void ratio(Json resources, String name, List<String> problems) {
        var allowed = Quantity.of(ratio.at(name)).orElse(Quantity.ZERO);
        var request = LimitRanger.quantity(resources, "requests", name);
        var limit = LimitRanger.quantity(resources, "limits", name);
        if (request == null || request.amount().signum() == 0 || limit == null) {
            problems.add("%s max limit to request ratio per %s is %s, but no request is specified or request is 0".formatted(name, type, allowed));
            return;
        }
        var found = limit.amount().divide(request.amount(), MathContext.DECIMAL64);
        if (found.compareTo(allowed.amount()) > 0) {
            problems.add("%s max limit to request ratio per %s is %s, but provided ratio is %s".formatted(name, type, allowed,
                    found.setScale(6, RoundingMode.HALF_UP)));
        }
    }
}
