// The small line of a device's last hours at the foot of its tile.
import { html, svg, nothing } from './lit-html/lit-html.js';
import { guard } from './lit-html/directives/guard.js';
import { isInSight } from './sight.js';
import { kept, recent } from './telemetry.js';
import { now } from './words.js';

const HOURS = 6;
const WIDTH = 120, HEIGHT = 28;

const SPAN_MILLIS = HOURS * 3_600_000;

// What was heard a moment ago for the first time has no past to show.
const isTooShort = samples => samples.length < 2 || now() - samples[0][0] < SPAN_MILLIS / 60;

const hasLine = thing => ['Number', 'Boolean'].includes(thing.main.type);

// Asks for what the line of a tile needs that has just come into sight.
export function arrive(app, key) {
    const thing = app.home.find(key);
    if (thing && hasLine(thing)) recent(app, thing, thing.main, SPAN_MILLIS, WIDTH);
}

export function spark(app, thing) {
    if (!hasLine(thing)) return nothing;
    const samples = isInSight(thing.key) ? recent(app, thing, thing.main, SPAN_MILLIS, WIDTH) : kept(thing, thing.main, SPAN_MILLIS);
    return guard([samples, samples.length, samples.at(-1)?.[0]], () => (isTooShort(samples) ? nothing : line(samples, thing.main.type === 'Boolean')));
}

function line(samples, steps) {
    const to = now(), from = to - SPAN_MILLIS;
    const first = samples.findLastIndex(([time]) => time <= from);
    samples = samples.slice(Math.max(first, 0));
    const values = samples.map(([, value]) => value);
    const low = Math.min(...values), high = Math.max(...values);
    const x = time => ((Math.max(time, from) - from) / (to - from) * WIDTH).toFixed(1);
    const y = value => (high === low ? HEIGHT / 2 : HEIGHT - 3 - (value - low) / (high - low) * (HEIGHT - 6)).toFixed(1);
    let d = '';
    for (const [time, value] of samples) d += d ? `${steps ? `H${x(time)}V${y(value)}` : `L${x(time)} ${y(value)}`}` : `M${x(time)} ${y(value)}`;
    if (steps) d += `H${WIDTH}`;
    return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${svg`<path d=${d}></path>`}</svg>`;
}
