// Readings of devices: what the gateway kept, continued with what the watch brings.
import { json } from './api.js';
import { now } from './words.js';

const ROOT = '/apis/gateway.oikos.home/v1alpha1';
const AT_ONCE_MAX = 4;
const REFRESHED_AFTER_MILLIS = 300_000;
// While the gateway is away it is asked again now and then.
const ABSENT_FOR_MILLIS = 60_000;
const LOST_FOR_MILLIS = 2_000;
const LIVE_SAMPLES_MAX = 2_000;

const series = new Map();
const queue = [];
let running = 0;
let absentUntil = 0;

// Rises whenever readings have come.
export let version = 0;

const asNumber = (property, value) => (typeof value === 'boolean' ? Number(value)
    : typeof value === 'number' ? value : property.values?.includes(value) ? property.values.indexOf(value) : undefined);

function followed(thing, property, millis) {
    const key = `${thing.key}/${property.name}/${millis}`;
    const known = series.get(key) ?? { samples: [], at: -Infinity };
    series.set(key, known);
    follow(known, thing, property);
    return known;
}

// What is here already; nothing is asked for.
export const kept = (thing, property, millis) => followed(thing, property, millis).samples;

// Samples [millis, value] of a property over the last so many milliseconds, oldest first, about as many as asked for. What is not here yet
// is asked for, and shown when it has come.
export function recent(app, thing, property, millis, points) {
    const known = followed(thing, property, millis);
    const instant = performance.now();
    if (instant > absentUntil && instant - known.at > REFRESHED_AFTER_MILLIS) {
        known.at = instant;
        queue.push({ app, known, thing, property, millis, points });
        next();
    }
    return known.samples;
}

// The last reported value is a sample too, newer than any that was fetched.
function follow(known, thing, property) {
    const reported = thing.device.status?.reported?.[property.name];
    if (!reported || reported === known.last) return;
    known.last = reported;
    const time = Date.parse(reported.observedTime), value = asNumber(property, reported.value);
    if (value === undefined || time <= (known.samples.at(-1)?.[0] ?? 0)) return;
    known.samples = [...known.samples.slice(-LIVE_SAMPLES_MAX), [time, value]];
}

async function next() {
    if (running >= AT_ONCE_MAX || queue.length === 0) return;
    const { app, known, thing, property, millis, points } = queue.shift();
    running++;
    try {
        const fetched = await history(thing, property, millis, points);
        const newest = fetched.at(-1)?.[0] ?? 0;
        known.samples = [...fetched, ...known.samples.filter(([time]) => time > newest)];
        version++;
        app.render();
    } catch (failure) {
        absentUntil = performance.now() + (failure.code ? ABSENT_FOR_MILLIS : LOST_FOR_MILLIS);
        for (const waiting of [known, ...queue.splice(0).map(each => each.known)]) waiting.at = -Infinity;
    } finally {
        running--;
        next();
    }
}

async function history(thing, property, millis, points) {
    const { namespace, name } = thing.device.metadata;
    const to = now();
    const query = `property=${property.name}&from=${new Date(to - millis).toISOString()}&to=${new Date(to).toISOString()}&points=${points}`;
    const answer = await json(`${ROOT}/namespaces/${namespace}/devices/${name}/history?${query}`);
    const found = answer.properties?.find(each => each.name === property.name)?.samples ?? [];
    return found.flatMap(sample => spread(property, sample));
}

// Where many readings became one span, its least and greatest stay visible.
function spread(property, [time, value, least, greatest]) {
    if (property.type !== 'Number') return [[time, Math.round(value)]];
    return least === undefined || least === greatest ? [[time, value]] : [[time - 1, least], [time, value], [time + 1, greatest]];
}
