// A batch as a brewer looks at it: curves with phases, what the rule sees, what it did and will do next.
import { html, svg, nothing } from './lit-html/lit-html.js';
import { icon } from './icons.js';
import { keyOf } from './feed.js';
import { condition } from './model.js';
import { recent } from './telemetry.js';
import { closeButton, modal } from './sheet.js';
import { shown } from './yaml.js';
import { ago, capital, clock, day, duration, now } from './words.js';

const POINTS = 600;
const SHORTEST_MILLIS = 900_000;
const WIDTH = 640, HEIGHT = 220, TOP = 18, BOTTOM = 22, LEFT = 44, RIGHT = 36;
const WORDS = { Lag: 'not begun', Active: 'fermenting', Stalled: 'stalled', Conditioning: 'ripening', Done: 'done', Unknown: 'not known' };
const KINDS = { Stalled: 'bad', Unknown: 'wait' };
const STEP_KINDS = { Done: 'check', Acting: 'clock', Skipped: 'close', Refused: 'warning' };

const phaseOf = batch => batch.status?.phase ?? 'Unknown';
const pitched = batch => Date.parse(batch.status?.pitchTime ?? batch.metadata.creationTimestamp);
const nameOf = batch => batch.spec.recipe.name || batch.metadata.name;

// What a person has to look at: { text, link, kind }.
export function batchNeeds(home) {
    return home.all('fermentations').flatMap(batch => {
        const link = `#/batch/${keyOf(batch)}`;
        const asked = condition(batch, 'AttentionNeeded');
        const ready = condition(batch, 'Ready');
        if (asked?.status === 'True') return [{ text: `${nameOf(batch)}: ${asked.message}`, link, kind: 'bad' }];
        if (ready?.status === 'False') return [{ text: `${nameOf(batch)}: ${ready.message}`, link, kind: 'bad' }];
        return phaseOf(batch) === 'Stalled' ? [{ text: `${nameOf(batch)} has stalled`, link, kind: 'wait' }] : [];
    });
}

// All batches, below the rooms.
export function batches(app) {
    const all = app.home.all('fermentations').sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
    return all.length === 0 ? nothing : html`<section class="group" aria-labelledby="batches"><h2 id="batches">Batches</h2>
        <ul class="cards">${all.map(batch => html`<li class="card batch ${KINDS[phaseOf(batch)] ?? ''}">${head(batch)}${figures(batch)}${curve(app, batch)}
            <p class="why">${capital(batch.status?.note ?? 'nobody has looked at it yet')}.</p>
            <a class="button" href="#/batch/${keyOf(batch)}" aria-label="All about ${nameOf(batch)}">All about it</a></li>`)}</ul></section>`;
}

function head(batch, extra = nothing) {
    const phase = phaseOf(batch);
    return html`<div class="rule-head"><span class="glyph">${icon('Vessel')}</span>
        <div class="grow"><h3>${nameOf(batch)}</h3><p class="soft">${batch.spec.recipe.style ?? batch.metadata.name}, yeast in ${ago(batch.status?.pitchTime ?? batch.metadata.creationTimestamp)}${
            batch.spec.timeScale > 1 ? `, living ${batch.spec.timeScale} times as fast as the clock` : ''}</p></div>
        <span class="chip ${KINDS[phase] ?? ''}">${WORDS[phase]}</span>${extra}</div>`;
}

function figures(batch) {
    const { display } = batch.status ?? {};
    if (!display) return nothing;
    const shownFigures = [['Gravity', display.gravity, age(batch, 'gravity')], ['A day', `${display.slope} points`, interval(batch)], ['Attenuated', display.attenuation, ''],
        ['Alcohol', display.abv, 'by volume'], ['Temperature', display.temperature, age(batch, 'temperature')], ['To go', display.remaining, '']].filter(([, text]) => text !== '-');
    return html`<dl class="figures">${shownFigures.map(([name, text, note]) => html`<div><dt>${name}</dt><dd>${text}${note ? html` <small>${note}</small>` : nothing}</dd></div>`)}</dl>`;
}

// How old a figure is, once that matters, and how much stands behind it.
function age(batch, figure) {
    const { observedTime, samples, expectedSamples } = batch.status[figure] ?? {};
    if (!observedTime) return '';
    const late = now() - Date.parse(observedTime) > 3_600_000 ? `${ago(observedTime)}` : '';
    return [late, samples === undefined ? '' : `${samples} of ${expectedSamples} readings`].filter(Boolean).join(', ');
}

const interval = batch => (batch.status.slope ? `${batch.status.slope.least} to ${batch.status.slope.most}` : '');

// ---- the curve

function sensor(app, batch, which, fallback) {
    const spec = batch.spec.vessel[which];
    if (!spec) return null;
    const key = spec.deviceName.includes('/') ? spec.deviceName : `${batch.metadata.namespace}/${spec.deviceName}`;
    const thing = app.home.find(key);
    const property = thing?.properties.find(each => each.name === (spec.property ?? fallback));
    return property ? { thing, property } : null;
}

// A span that grows by doubling, so that readings are not asked for anew at every look.
function span(batch) {
    const wanted = now() - pitched(batch);
    let millis = SHORTEST_MILLIS;
    while (millis < wanted) millis *= 2;
    return millis;
}

function readings(app, batch, which, fallback) {
    const found = sensor(app, batch, which, fallback);
    if (!found) return [];
    return recent(app, found.thing, found.property, span(batch), POINTS).filter(([time]) => time >= pitched(batch));
}

function curve(app, batch) {
    const gravity = readings(app, batch, 'gravity', 'gravity'), celsius = readings(app, batch, 'temperature', 'temperature');
    if (gravity.length < 2) return html`<p class="soft">The curve begins with the next readings.</p>`;
    const from = pitched(batch), to = Math.max(now(), from + 60_000);
    const x = time => LEFT + (time - from) / (to - from) * (WIDTH - LEFT - RIGHT);
    const sg = scale(gravity.map(([, value]) => value).concat(Number(batch.spec.recipe.finalGravity ?? 1.01)), 0.002);
    const warm = scale(celsius.map(([, value]) => value).concat(15, 22), 1);
    const label = `Gravity from ${gravity[0][1].toFixed(3)} to ${gravity.at(-1)[1].toFixed(3)}; ${phases(batch, to).map(each => `${WORDS[each.phase]} from ${clock(each.time)}`).join(', ')}`;
    return html`<svg class="curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
        ${phases(batch, to).map(each => band(each, x))}
        ${grid(sg, value => value.toFixed(3), LEFT - 6, 'end')}${celsius.length > 1 ? grid(warm, value => `${value.toFixed(0)}°`, WIDTH - RIGHT + 6, 'start') : nothing}
        ${batch.spec.recipe.finalGravity ? svg`<line class="expected" x1=${LEFT} x2=${WIDTH - RIGHT} y1=${sg.y(Number(batch.spec.recipe.finalGravity))} y2=${sg.y(Number(batch.spec.recipe.finalGravity))}></line>` : nothing}
        ${celsius.length > 1 ? svg`<path class="warmth" d=${line(celsius, x, warm.y)}></path>` : nothing}
        <path class="gravity" d=${line(gravity, x, sg.y)}></path></svg>
        <p class="soft legend"><span class="key gravity-key"></span>gravity <span class="key warmth-key"></span>temperature <span class="key expected-key"></span>expected in the end</p>`;
}

function scale(values, step) {
    const low = Math.floor(Math.min(...values) / step) * step, high = Math.ceil(Math.max(...values) / step + 1e-9) * step;
    return { low, high: high === low ? low + step : high, y: value => TOP + (1 - (value - low) / ((high === low ? low + step : high) - low)) * (HEIGHT - TOP - BOTTOM) };
}

const grid = ({ low, high, y }, text, x, anchor) => [low, (low + high) / 2, high].map(value => svg`<text x=${x} y=${y(value) + 4} text-anchor=${anchor}>${text(value)}</text>`);

const line = (samples, x, y) => samples.map(([time, value], index) => `${index === 0 ? 'M' : 'L'}${x(time).toFixed(1)} ${y(value).toFixed(1)}`).join('');

function phases(batch, to) {
    const all = (batch.status?.phases ?? []).map(each => ({ phase: each.phase, time: each.time, from: Date.parse(each.time) }));
    return all.map((each, index) => ({ ...each, to: all[index + 1]?.from ?? to }));
}

function band({ phase, from, to }, x) {
    const left = Math.max(LEFT, x(from)), width = Math.max(0, x(to) - left);
    return svg`<rect class="band-${phase}" x=${left} y=${TOP} width=${width} height=${HEIGHT - TOP - BOTTOM}></rect>
        ${width > 52 ? svg`<text class="phase" x=${left + 4} y=${HEIGHT - 7}>${WORDS[phase]}</text>` : nothing}`;
}

// ---- the sheet

export function batchSheet(app) {
    const key = app.route.slice(1).join('/');
    const batch = app.feeds.fermentations.objects.get(key);
    if (!batch) return app.isLoading ? nothing : modal('No such batch', '#/home', html`<p>There is no batch ${key} any more.</p>${closeButton('#/home')}`);
    const { status = {} } = batch;
    return modal(nameOf(batch), '#/home', html`<div class="batch">
        ${head(batch, closeButton('#/home'))}
        ${figures(batch)}${curve(app, batch)}
        <section><h3>What the rule sees</h3><p>${capital(status.note ?? 'nothing yet')}.</p>${status.missing ? html`<p class="soft">To know more it would take ${status.missing}.</p>` : nothing}
            ${(status.conditions ?? []).filter(each => isTrouble(each)).map(each => html`<p class="refusal">${icon('warning')}<span>${capital(each.message)}</span></p>`)}</section>
        ${temperature(app, batch)}${ladder(batch)}
        <section><h3>Its diary</h3><ul class="events">${[...(status.diary ?? [])].reverse().map(entry => html`<li class=${bad(entry) ? 'bad' : ''}>
            <time datetime=${entry.time}>${when(entry.time)}</time><span>${capital(entry.text)}</span></li>`)}</ul></section>
        <button class="button" @click=${() => save(app, batch)}>Save as CSV</button>
        <details><summary>As YAML</summary><pre class="yaml" tabindex="0"><code>${shown(batch)}</code></pre></details></div>`);
}

const isTrouble = each => (each.type === 'AttentionNeeded' ? each.status === 'True' : each.status === 'False');

const bad = entry => /^(Stalled|Ask|StepRefused)$/.test(entry.reason);

const when = iso => (day(Date.parse(iso)) === 'Today' ? clock(iso) : `${new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${clock(iso)}`);

const STEP_WORDS = { Hold: 'hold', Ramp: 'rise evenly to', FreeRise: 'rise freely to', ColdCrash: 'cold crash to' };

function temperature(app, batch) {
    const steps = batch.spec.profile ?? [], at = batch.status?.profile ?? {};
    const vessel = app.home.find(`${batch.metadata.namespace}/${batch.spec.vessel.controlName}`);
    return steps.length === 0 ? nothing : html`<section><h3>Temperature</h3><ol class="ladder">${steps.map((step, index) => html`<li class=${index === at.index ? 'now' : ''}>
        ${icon(index < (at.index ?? 0) ? 'check' : index === at.index ? 'play' : 'clock')}<span>${capital(step.name)}: ${STEP_WORDS[step.type]} ${step.celsius} °C
        ${index === at.index ? html`<small class="soft">${at.targetCelsius ? `asks for ${at.targetCelsius} °C` : ''}${at.warmedCelsius ? `, ${at.warmedCelsius} °C of it for the stall` : ''}${
            at.waitsFor ? `; ${at.waitsFor}` : ''}</small>` : nothing}</span></li>`)}</ol>${vessel ? thermostat(vessel) : nothing}</section>`;
}

// What the vessel's thermostat does now, and why; instants as a person reads them.
function thermostat({ title, device }) {
    const message = device.status?.control?.message?.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, iso => clock(iso));
    return message ? html`<p class="soft">${title}: ${message}</p>` : nothing;
}

function ladder(batch) {
    const steps = batch.spec.onStall?.steps ?? [], { stall = {} } = batch.status ?? {};
    if (steps.length === 0) return nothing;
    const open = Boolean(stall.sinceTime);
    return html`<section><h3>${open ? `Stall ${stall.number}, since ${when(stall.sinceTime)}` : 'When it stalls'}</h3>
        <ol class="ladder">${steps.map((step, index) => {
            const taken = open ? stall.steps?.[index] : undefined;
            return html`<li class=${taken?.state === 'Refused' ? 'bad' : ''}>${icon(taken ? STEP_KINDS[taken.state] : 'clock')}<span>${capital(rung(step))}
                ${taken ? html`<small class="soft">${when(taken.time)}: ${taken.message || 'on its way'}</small>` : nothing}</span></li>`;
        })}</ol>
        ${open && stall.next ? html`<p class="soft">Next: ${stall.next}${stall.nextTime ? `, in ${duration(Math.max(0, Date.parse(stall.nextTime) - now()))}` : ''}.</p>` : nothing}</section>`;
}

function rung(step) {
    if (step.warm) return `warm it by ${step.warm.byCelsius ?? 1} °C`;
    if (step.patch) return `patch ${step.patch.targetRef.name}`;
    if (step.scale) return `scale ${step.scale.targetRef.name} to ${step.scale.replicas}`;
    if (step.set) return `set ${step.set.deviceName} ${Object.entries(step.set.desired ?? {}).map(([name, value]) => `${name}=${value}`).join(' ')}`;
    if (step.job) return 'run a job';
    return step.ask ? `ask a person: ${step.ask.message}` : `say: ${step.notify?.message ?? ''}`;
}

// ---- export: the columns of ./oikos brew export

const COLUMNS = ['date_time', 'gravity_sg', 'temperature_c', 'phase', 'comment'];

function save(app, batch) {
    const rows = new Map();
    const put = (time, column, value) => rows.set(time, { ...rows.get(time), [column]: value });
    for (const [time, value] of readings(app, batch, 'gravity', 'gravity')) put(time, 'gravity_sg', value.toFixed(4));
    for (const [time, value] of readings(app, batch, 'temperature', 'temperature')) put(time, 'temperature_c', value.toFixed(2));
    for (const { phase, time } of batch.status?.phases ?? []) put(Date.parse(time), 'phase', phase);
    for (const entry of batch.status?.diary ?? []) put(Date.parse(entry.time), 'comment', [rows.get(Date.parse(entry.time))?.comment, entry.text].filter(Boolean).join('; '));
    const lines = [...rows].sort(([a], [b]) => a - b).map(([time, row]) => [new Date(time).toISOString(), ...COLUMNS.slice(1).map(column => row[column] ?? '')]);
    const text = [COLUMNS, ...lines].map(row => row.map(quoted).join(',')).join('\r\n');
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([`${text}\r\n`], { type: 'text/csv' })), download: `${batch.metadata.name}.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

const quoted = cell => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
