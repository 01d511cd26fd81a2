// Any readings together.
import { html, nothing } from './lit-html/lit-html.js';
import { icon } from './icons.js';
import { recent } from './telemetry.js';
import { plot } from './plot.js';

const SPANS = { '1 h': 1, '6 h': 6, 'a day': 24, 'a week': 168 };
const CHOSEN_MAX = 6;
const POINTS = 1_000;

let span = 'a day';
let chosen = null;

const idOf = ({ thing, property }) => `${thing.key}/${property.name}`;

function lines(app) {
    return app.home.things.flatMap(thing => thing.properties.filter(property => property.type !== 'Text').map(property => ({ thing, property })));
}

export function chartsView(app) {
    const all = lines(app);
    if (all.length === 0) return app.isLoading ? nothing : empty();
    chosen ??= new Set(all.filter(({ property }) => property.unit === '°C').slice(0, 3).map(idOf));
    if (chosen.size === 0) chosen.add(idOf(all[0]));
    const millis = SPANS[span] * 3_600_000;
    const shown = all.filter(line => chosen.has(idOf(line))).map(line => ({ ...line, samples: recent(app, line.thing, line.property, millis, POINTS) }));
    return html`<div class="filters" role="group" aria-label="Span">${Object.keys(SPANS).map(each => html`
            <button class="pill" aria-pressed=${each === span} @click=${() => { span = each; app.render(); }}>${each}</button>`)}
            <span class="grow"></span><button class="button" @click=${() => csv(shown)}>Save as CSV</button></div>
        <section class="card chart" aria-label="Chart">${shown.some(line => line.samples.length > 1) ? plot(shown, millis)
            : html`<p class="soft">No readings of these were kept yet. They appear as the devices speak.</p>`}
            <p class="soft">Drag to look closer, double-click for the whole. Dashes are what is wanted, dots what was not heard again.</p></section>
        <fieldset class="choice"><legend>Readings</legend>${[...Map.groupBy(all, ({ thing }) => thing)].map(([thing, own]) => html`<div class="choice-device"><b>${thing.title}</b>
            ${own.map(line => html`<label class="pill"><input type="checkbox" .checked=${chosen.has(idOf(line))} ?disabled=${chosen.size >= CHOSEN_MAX && !chosen.has(idOf(line))}
                @change=${() => toggle(app, line)}><span>${(line.property.title ?? line.property.name).toLowerCase()}</span></label>`)}</div>`)}</fieldset>`;
}

const empty = () => html`<section class="invitation">${icon('charts')}<h2>No readings yet</h2><p>As soon as a device speaks, its readings can be looked at here.</p></section>`;

function toggle(app, line) {
    const id = idOf(line);
    if (!chosen.delete(id)) chosen.add(id);
    app.render();
}

function csv(shown) {
    const rows = shown.flatMap(({ thing, property, samples }) => samples.map(([time, value]) => [new Date(time).toISOString(), thing.key, property.name, value, property.unit ?? '']));
    const text = [['time', 'device', 'property', 'value', 'unit'], ...rows.sort(([a], [b]) => a.localeCompare(b))].map(row => row.join(',')).join('\r\n');
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([`${text}\r\n`], { type: 'text/csv' })), download: 'readings.csv' });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
