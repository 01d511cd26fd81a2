package home.oikos.simulation;

import home.oikos.api.JsonObject;

/// What yeast does to wort: it takes its time, multiplies, eats the simple sugars first, pauses while it learns to eat maltose (the diauxic
/// shift), and leaves what it cannot eat. It sleeps in the cold, and sometimes for no reason a brewer can see. Gravity is in points: 1.048
/// is 48.
final class Yeast {
    private static final double WORT_POINTS = 48;
    /// Three quarters of the wort can be eaten.
    private static final double EATABLE = 0.75;
    private static final double SIMPLE_SHARE = 0.28;
    private static final double PITCHED = 0.04;
    private static final double GROWTH_PER_DAY = 5;
    private static final double SIMPLE_POINTS_PER_DAY = 16;
    private static final double MALTOSE_POINTS_PER_DAY = 15;
    /// Where hunger for each sugar falls to a half.
    private static final double SIMPLE_HALF = 1.5;
    private static final double MALTOSE_HALF = 9;
    /// Maltose has to be learned, and simple sugar in the wort forbids it.
    private static final double LEARNING_PER_DAY = 1.6;
    private static final double FORBIDDING_POINTS = 1;
    private static final double SLEEPS_BELOW_CELSIUS = 8;
    private static final double BEST_CELSIUS = 19;
    private static final double DOUBLES_EVERY_CELSIUS = 8;
    /// So much warmer than where it fell asleep wakes it, little by little.
    private static final double WAKING_CELSIUS = 0.7;
    private static final double WAKING_DAYS = 2.5;
    private static final double BEER_POINTS = 15;
    private static final double FED_POINTS = 0.3;

    private double simple;
    private double maltose;
    private double rest;
    private double cells = PITCHED;
    private double learned;
    private boolean asleep;
    private double asleepAtCelsius = Double.NaN;
    private double warmDays;

    Yeast() {
        pitch(WORT_POINTS);
    }

    /// Fresh yeast into fresh wort; what is thin already is beer, and made.
    void pitch(double points) {
        double eatable = points <= BEER_POINTS ? 0 : points * EATABLE;
        simple = eatable * SIMPLE_SHARE;
        maltose = eatable - simple;
        rest = points - eatable;
        cells = PITCHED;
        learned = 0;
        rouse();
    }

    double points() {
        return rest + simple + maltose;
    }

    /// Whether there is nothing left to eat.
    boolean isFed() {
        return simple + maltose < FED_POINTS;
    }

    void fallAsleep() {
        asleep = true;
        asleepAtCelsius = Double.NaN;
        warmDays = 0;
    }

    void rouse() {
        asleep = false;
    }

    void eat(double days, double celsius) {
        if (asleep) dream(days, celsius);
        if (asleep || celsius < SLEEPS_BELOW_CELSIUS) return;
        double vigour = Math.pow(2, (celsius - BEST_CELSIUS) / DOUBLES_EVERY_CELSIUS) * days;
        cells = Math.min(1, cells + GROWTH_PER_DAY * cells * (1 - cells) * vigour);
        if (simple < FORBIDDING_POINTS) learned = Math.min(1, learned + LEARNING_PER_DAY * vigour);
        simple -= Math.min(simple, SIMPLE_POINTS_PER_DAY * cells * simple / (simple + SIMPLE_HALF) * vigour);
        maltose -= Math.min(maltose, MALTOSE_POINTS_PER_DAY * cells * learned * maltose / (maltose + MALTOSE_HALF) * vigour);
    }

    private void dream(double days, double celsius) {
        if (Double.isNaN(asleepAtCelsius)) asleepAtCelsius = celsius;
        if (celsius > asleepAtCelsius + WAKING_CELSIUS) warmDays += days;
        if (warmDays > WAKING_DAYS) rouse();
    }

    JsonObject memory() {
        var memory = JsonObject.of("simple", simple, "maltose", maltose, "rest", rest, "cells", cells, "learned", learned, "asleep", asleep,
                "warmDays", warmDays);
        return Double.isNaN(asleepAtCelsius) ? memory : memory.with("asleepAtCelsius", asleepAtCelsius);
    }

    void restore(JsonObject saved) {
        simple = saved.at("simple").decimal(simple);
        maltose = saved.at("maltose").decimal(maltose);
        rest = saved.at("rest").decimal(rest);
        cells = saved.at("cells").decimal(cells);
        learned = saved.at("learned").decimal(learned);
        asleep = saved.at("asleep").bool(asleep);
        warmDays = saved.at("warmDays").decimal(0);
        asleepAtCelsius = saved.at("asleepAtCelsius").decimal(Double.NaN);
    }
}
