package home.oikos.rollout;

import home.oikos.api.Json;
import home.oikos.controller.LabelSelector;

/// How many devices of a kind may be away at once, whoever sends them away.
///
/// @param rolloutName whose budget it is; it binds all the same
record Budget(String rolloutName, String name, LabelSelector selector, int maxUnavailable) {
    static Budget read(String rolloutName, Json budget) {
        return new Budget(rolloutName, budget.at("name").text(""), LabelSelector.of(budget.at("selector")), budget.at("maxUnavailable").integer(1));
    }
}
