// What happened, in sentences, newest first; what belongs together stands together.
import { html, nothing } from './lit-html/lit-html.js';
import { repeat } from './lit-html/directives/repeat.js';
import { icon } from './icons.js';
import { capital, clock, day, humane, plain } from './words.js';

const TOGETHER_MILLIS = 120_000;
const SHOWN_MAX = 400;
let only = 'all';

const timeOf = event => event.series?.lastObservedTime ?? event.eventTime ?? event.lastTimestamp ?? event.firstTimestamp ?? event.metadata.creationTimestamp;

function read(event) {
    const time = timeOf(event);
    const object = event.involvedObject ?? {};
    return { time, millis: Date.parse(time), type: event.type, reason: event.reason, message: event.message || event.reason, times: event.series?.count ?? event.count ?? 1, object,
        key: event.metadata.uid ?? `${event.metadata.namespace}/${event.metadata.name}` };
}

export function storyOf(app, object) {
    return app.home.all('events').map(read).filter(event => event.object.kind === object.kind && event.object.name === object.metadata.name
        && event.object.namespace === object.metadata.namespace).sort((a, b) => b.millis - a.millis);
}

const FILTERS = {
    all: ['Everything', () => true],
    home: ['The home', event => ['Device', 'Interlock', 'Reaction', 'Scaler', 'DeviceModel'].includes(event.object.kind)],
    workloads: ['Workloads', event => !['Device', 'Interlock', 'Reaction', 'DeviceModel'].includes(event.object.kind)],
    warnings: ['Warnings', event => event.type === 'Warning'],
};

export function storyView(app) {
    const events = app.home.all('events').map(read).filter(FILTERS[only][1]).sort((a, b) => b.millis - a.millis).slice(0, SHOWN_MAX);
    const filters = html`<div class="filters" role="group" aria-label="Show">${Object.entries(FILTERS).map(([key, [label]]) => html`
        <button class="pill" aria-pressed=${key === only} @click=${() => { only = key; app.render(); }}>${label}</button>`)}</div>`;
    if (events.length === 0) return html`${filters}${app.isLoading ? nothing : empty()}`;
    return html`${filters}${repeat([...Map.groupBy(events, event => day(event.millis))], ([title]) => title, ([title, own]) => html`
        <section class="group" aria-label=${title}><h2>${title}</h2>
            <ul class="story">${repeat(grouped(own), group => group[0].key, entry)}</ul></section>`)}`;
}

const empty = () => html`<section class="invitation">${icon('story')}<h2>Nothing has happened yet</h2>
    <p>Switch a light, or let something go wrong on purpose:</p><pre><code>./oikos simulate house --fault leak-sensor wet</code></pre></section>`;

// Neighbours about the same object, close in time.
function grouped(events) {
    const groups = [];
    for (const event of events) {
        const last = groups.at(-1);
        const same = last && last[0].object.uid === event.object.uid && last[0].object.name === event.object.name && last.at(-1).millis - event.millis < TOGETHER_MILLIS;
        if (same) last.push(event);
        else groups.push([event]);
    }
    return groups;
}

const ICONS = { Device: 'Switch', Interlock: 'shield', Reaction: 'bolt', Scaler: 'scale', Pod: 'workloads', Deployment: 'workloads', ReplicaSet: 'workloads', Node: 'home' };

// A power cut goes across: what stands above came after it.
const band = event => html`<li class="band"><span class="glyph">${icon('bolt')}</span><p class="grow"><time datetime=${event.time}>${clock(event.time)}</time> ${capital(humane(event.message))}</p></li>`;

function entry(group) {
    if (group[0].reason === 'PowerCut') return band(group[0]);
    const { object } = group[0];
    const bad = group.some(event => event.type === 'Warning');
    return html`<li class=${bad ? 'bad' : ''}>
        <span class="glyph">${icon(bad ? 'warning' : ICONS[object.kind] ?? 'Other')}</span>
        <div class="grow">
            <p class="about">${object.kind === 'Device' ? html`<a href="#/device/${object.namespace}/${object.name}">${capital(plain(object.name))}</a>`
                : html`<b>${object.name}</b>`} <span class="soft">${object.kind}</span></p>
            ${group.map(event => html`<p><time datetime=${event.time}>${clock(event.time)}</time> ${event.message}${event.times > 1 ? html` <span class="soft">${event.times} times</span>` : nothing}</p>`)}
        </div></li>`;
}
