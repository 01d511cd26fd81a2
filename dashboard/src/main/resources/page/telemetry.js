// Readings of devices: what the gateway remembers, continued with what the watch brings.
import { json } from './api.js';
import { now } from './words.js';

const ROOT = '/apis/gateway.oikos.home/v1alpha1';
const AT_ONCE_MAX = 4;
const REFRESHED_AFTER_MILLIS = 300_000;
const LIVE_SAMPLES_MAX = 2_000;

const series = new Map();
const queue = [];
let running = 0;
let isServed = true;

const asNumber = (property, value) => (typeof value === 'boolean' ? Number(value)
    : typeof value === 'number' ? value : property.values?.includes(value) ? property.values.indexOf(value) : undefined);

// Samples [millis, value] of a property, oldest first. What is not here yet is asked for and shown when it has come.
export function recent(app, thing, property, millis) {
    const key = `${thing.key}/${property.name}`;
    const known = series.get(key) ?? { samples: [], at: -Infinity, span: 0 };
    series.set(key, known);
    follow(known, thing, property);
    if (isServed && (performance.now() - known.at > REFRESHED_AFTER_MILLIS || known.span < millis)) {
        known.at = performance.now();
        known.span = Math.max(known.span, millis);
        queue.push({ app, known, thing, property });
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
    const { app, known, thing, property } = queue.shift();
    running++;
    try {
        const fetched = await range(thing, property, now() - known.span, now());
        const newest = fetched.at(-1)?.[0] ?? 0;
        known.samples = [...fetched, ...known.samples.filter(([time]) => time > newest)];
        app.render();
    } catch (failure) {
        if (failure.code === 404 || failure.code === 503) isServed = false;
    } finally {
        running--;
        next();
    }
}

// What the gateway kept between two instants.
export async function range(thing, property, from, to) {
    const { namespace, name } = thing.device.metadata;
    const query = `property=${property.name}&from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
    const answer = await json(`${ROOT}/namespaces/${namespace}/devices/${name}/history?${query}`);
    return samples(answer, property);
}

function samples(answer, property) {
    const found = answer.samples ?? answer.properties?.[property.name] ?? answer.items ?? [];
    return found.map(each => (Array.isArray(each) ? each : [Date.parse(each.time), each.value]))
        .map(([time, value]) => [typeof time === 'string' ? Date.parse(time) : time, Number(value)]).filter(([time]) => Number.isFinite(time));
}
