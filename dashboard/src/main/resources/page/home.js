// Rooms as cards, devices as tiles.
import { html, nothing } from './lit-html/lit-html.js';
import { repeat } from './lit-html/directives/repeat.js';
import { guard } from './lit-html/directives/guard.js';
import { icon } from './icons.js';
import { version as readings } from './telemetry.js';
import { boolean, capital, now, parts } from './words.js';
import { sight } from './sight.js';
import { arrive, spark } from './spark.js';
import { verb } from './model.js';
import { batches } from './brew.js';
import { dices } from './dice.js';
import { rollouts } from './rollouts.js';

const AGES_MILLIS = 10_000;

export function homeView(app) {
    const rooms = app.home.rooms;
    if (rooms.length === 0) return app.isLoading ? nothing : empty();
    return html`<div class="rooms">${guard(shownState(app), () => repeat(rooms, ([room]) => room, ([room, things]) => html`
        <section class="room span-${Math.min(things.length, 4)}" aria-label=${room}>
            <h2>${capital(room)}</h2>
            <ul class="tiles">${repeat(things, thing => thing.key, thing => tile(app, thing))}</ul>
        </section>`))}</div>${rollouts(app)}${batches(app)}${dices(app)}`;
}

// All that tiles depend on. With thousands of devices most frames must not look at each; ages move on every ten seconds.
function shownState(app) {
    return [app.feeds.devices.version, app.feeds.devicemodels.version, readings, app.mayWrite, Math.floor(now() / AGES_MILLIS),
        ...app.pending.values(), ...app.refusals.values()];
}

const empty = () => html`<section class="invitation">
    ${icon('Light')}
    <h2>No devices yet</h2>
    <p>Pair one with your Zigbee2MQTT or let it speak MQTT to this machine, and it appears here to be adopted. By hand:</p>
    <pre><code>./oikos device add</code></pre>
    <p>Or look at a home that is not yours: <code>./oikos up --demo</code></p>
</section>`;

// Most ticks change nothing: a tile is made anew only when what it shows may differ.
function tile(app, thing) {
    const refusal = app.refusals.get(thing.key);
    const pending = app.pending.get(thing.key);
    const note = noteOf(thing, pending);
    return html`<li class="tile ${state(thing, note, refusal)}" ${sight(thing.key, () => arrive(app, thing.key))}>${guard([thing, note?.text, refusal, pending, app.mayWrite], () => html`
        ${app.mayWrite && thing.switch ? switchButton(app, thing, pending) : openButton(thing)}
        ${note ? html`<p class="note ${note.kind}">${note.kind ? icon(note.kind === 'bad' ? 'warning' : 'clock') : nothing}<span>${note.text}</span></p>` : nothing}
        ${refusal ? refused(app, thing, refusal) : nothing}`)}
        ${spark(app, thing)}
    </li>`;
}

function noteOf(thing, pending) {
    if (pending && thing.switch?.name === pending.property) return { kind: '', text: verb(thing.switch, pending.value) };
    return thing.note;
}

function state(thing, note, refusal) {
    const names = [];
    if (thing.isOn) names.push('on');
    if (thing.isLate || thing.isAway) names.push('stale');
    if (refusal || note?.kind === 'bad') names.push('bad');
    return names.join(' ');
}

function face(thing) {
    const { text, unit } = parts(thing.main, thing.reported(thing.main.name));
    return html`<span class="glyph">${icon(thing.icon)}</span>
        <span class="name">${thing.title}</span>
        <span class="value ${text.length > 6 ? 'long' : ''}">${capital(text)}${unit ? html` <small>${unit}</small>` : nothing}${
            thing.aside ? html` <small>${thing.aside}</small>` : nothing}</span>`;
}

function switchButton(app, thing, pending) {
    const current = pending?.value ?? thing.wanted(thing.switch.name) ?? thing.reported(thing.switch.name) ?? false;
    const label = `${thing.title}, ${boolean(thing.switch.name, thing.isOn)}${thing.aside ? `, ${thing.aside}` : ''}`;
    return html`<button class="face" role="switch" aria-checked=${thing.isOn} aria-label=${label} data-device=${thing.key}
            @click=${() => app.set(thing, thing.switch.name, !current)}>${face(thing)}</button>
        <a class="details" href="#/device/${thing.key}" aria-label="Details of ${thing.title}">${icon('more')}</a>`;
}

const openButton = thing => html`<a class="face" href="#/device/${thing.key}" data-device=${thing.key}>${face(thing)}</a>`;

function refused(app, thing, refusal) {
    const dismiss = () => {
        app.refusals.delete(thing.key);
        app.render();
    };
    return html`<div class="refusal">${icon('shield')}<span>${refusal.interlock
        ? html`<a href="#/rules"><b>${refusal.interlock}</b></a> refuses: ${refusal.reason}` : refusal.reason}</span>
        <button class="plain" aria-label="Dismiss" @click=${dismiss}>${icon('close')}</button></div>`;
}
