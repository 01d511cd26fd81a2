// Everything about one device: wanted beside reported, conditions in words, a day's chart, its rules, its story, its YAML.
import { html, noChange, nothing } from './lit-html/lit-html.js';
import { directive, Directive } from './lit-html/directive.js';
import { live } from './lit-html/directives/live.js';
import { icon } from './icons.js';
import { post } from './api.js';
import { ago, boolean, capital, clock, humane, number, value } from './words.js';
import { recent } from './telemetry.js';
import { plot } from './plot.js';
import { ruleCard, rulesAbout } from './rules.js';
import { storyOf } from './story.js';
import { shown } from './yaml.js';

const DAY_MILLIS = 86_400_000;
const POINTS = 600;
const GATEWAY = '/apis/gateway.oikos.home/v1alpha1';

export const close = fallback => () => { location.hash = fallback; };

// Keeps the keyboard inside, closes on Escape and on a click beside it: the browser's own dialog does it all.
export function modal(label, fallback, content) {
    const leave = close(fallback);
    const beside = event => event.target === event.currentTarget && leave();
    return html`<dialog class="sheet" aria-label=${label} @cancel=${event => { event.preventDefault(); leave(); }} @click=${beside}
        ${opened()}>${content}</dialog>`;
}

const opened = directive(class extends Directive {
    update(part) {
        if (!part.element.open) requestAnimationFrame(() => part.element.isConnected && !part.element.open && part.element.showModal());
        return noChange;
    }

    render() {
        return noChange;
    }
});

export function sheet(app) {
    const key = app.route.slice(1).join('/');
    const thing = app.home.find(key);
    if (!thing) return app.isLoading ? nothing : modal('No such device', '#/home', html`<p>There is no device ${key} any more.</p>${closeButton('#/home')}`);
    const refusal = app.refusals.get(thing.key);
    return modal(thing.title, '#/home', html`
        <div class="sheet-head"><span class="glyph ${thing.isOn ? 'on' : ''}">${icon(thing.icon)}</span>
            <div class="grow"><h2>${thing.title}</h2><p class="soft">${capital(thing.room)} · ${thing.model.spec.title ?? thing.device.spec.modelName ?? 'no model yet'}</p></div>
            ${closeButton('#/home')}</div>
        ${refusal ? html`<p class="refusal" role="alert">${icon('shield')}<span>${refusal.interlock ? html`<b>${refusal.interlock}</b> refuses: ` : nothing}${refusal.reason}</span></p>` : nothing}
        <table class="values"><thead><tr><th scope="col"><span class="unseen">Property</span></th><th scope="col">Is</th><th scope="col">Wanted</th></tr></thead>
            <tbody>${thing.properties.map(property => row(app, thing, property))}</tbody></table>
        ${app.mayWrite ? thing.commands.map(command => keypad(app, thing, command)) : nothing}
        <ul class="conditions">${conditions(thing)}</ul>
        ${chart(app, thing)}
        ${rules(app, thing)}
        ${story(app, thing)}
        <details><summary>As YAML</summary><pre class="yaml" tabindex="0"><code>${shown(thing.device)}</code></pre></details>`);
}

export const closeButton = fallback => html`<button class="plain" aria-label="Close" @click=${close(fallback)}>${icon('close')}</button>`;

const titleOf = property => property.title ?? capital(property.name);

function row(app, thing, property) {
    const observed = thing.observed(property.name);
    return html`<tr><th scope="row">${titleOf(property)}</th>
        <td><b>${value(property, thing.reported(property.name))}</b>${observed ? html` <small class="soft">${ago(observed)}</small>` : nothing}</td>
        <td>${property.writable && app.mayWrite && !thing.needsCode(property.name) ? control(app, thing, property) : wanted(thing, property)}</td></tr>`;
}

function wanted(thing, property) {
    const raw = thing.wanted(property.name);
    return raw === undefined ? html`<span class="soft">${property.writable ? 'nothing' : '–'}</span>` : value(property, raw);
}

function control(app, thing, property) {
    const raw = thing.wanted(property.name) ?? thing.reported(property.name);
    const set = to => app.set(thing, property.name, to);
    if (property.type === 'Boolean') {
        return html`<button class="toggle" role="switch" aria-checked=${raw === true} aria-label=${titleOf(property)} @click=${() => set(!(raw === true))}>
            <span class="knob"></span><span>${boolean(property.name, raw === true)}</span></button>`;
    }
    if (property.type === 'Enum') {
        return html`<select aria-label=${titleOf(property)} .value=${live(raw ?? '')} @change=${event => set(event.target.value)}>
            ${property.values.map(each => html`<option ?selected=${each === raw}>${each}</option>`)}</select>`;
    }
    if (property.minimum === undefined || property.maximum === undefined) return wanted(thing, property);
    const low = Number(property.minimum), high = Number(property.maximum);
    return html`<label class="slider"><input type="range" aria-label="${titleOf(property)} wanted" min=${low} max=${high} step=${high - low > 20 ? 1 : 0.5}
        .value=${live(String(raw ?? low))} @change=${event => set(Number(event.target.value))}>
        <output>${raw === undefined ? '–' : `${number(raw)} ${property.unit ?? ''}`}</output></label>`;
}

// A code counts once, and is neither kept nor shown again.
function keypad(app, thing, command) {
    const title = command.title ?? capital(command.name);
    const submit = async event => {
        event.preventDefault();
        const field = event.target.elements.code, code = field.value.trim();
        field.value = '';
        app.refusals.delete(thing.key);
        try {
            const { namespace, name } = thing.device.metadata;
            app.announce((await post(`${GATEWAY}/namespaces/${namespace}/devices/${name}/command`, { command: command.name, code })).message);
            app.render();
        } catch (failure) {
            app.refused(thing.key, failure);
        }
    };
    return html`<form class="keypad" @submit=${submit}><label class="prompt"><span class="soft">Code</span>
        <input name="code" required maxlength="64" inputmode="numeric" autocomplete="one-time-code" spellcheck="false"></label>
        <button class="button">${title}</button></form>`;
}

function conditions(thing) {
    return (thing.device.status?.conditions ?? []).filter(each => each.type !== 'Quarantined' || each.status === 'True').map(each => {
        const good = each.type === 'Quarantined' ? each.status === 'False' : each.status === 'True';
        const kind = good ? '' : each.reason === 'Waiting' || each.reason === 'Applying' || each.status === 'Unknown' || each.type === 'Fresh' ? 'wait' : 'bad';
        return html`<li class=${kind}>${icon(good ? 'check' : kind === 'bad' ? 'warning' : 'clock')}
            <span>${humane(each.message || each.reason)} <small class="soft">since ${clock(each.lastTransitionTime)}</small></span></li>`;
    });
}

function chart(app, thing) {
    const property = [thing.main, ...thing.properties].find(each => each.type === 'Number') ?? thing.main;
    if (!['Number', 'Boolean', 'Enum'].includes(property.type)) return nothing;
    const samples = recent(app, thing, property, DAY_MILLIS, POINTS);
    if (samples.length < 2) return nothing;
    return html`<section><h3>${titleOf(property)}, last day</h3>${plot([{ thing, property, samples }], DAY_MILLIS, { small: true })}</section>`;
}

function rules(app, thing) {
    const bound = rulesAbout(app, thing);
    return bound.length === 0 ? nothing : html`<section><h3>Rules that bind it</h3><ul class="rules">${bound.map(rule => ruleCard(app, rule))}</ul></section>`;
}

function story(app, thing) {
    const events = storyOf(app, thing.device);
    return events.length === 0 ? nothing : html`<section><h3>Its story</h3><ul class="events">${events.slice(0, 8).map(event => html`
        <li class=${event.type === 'Warning' ? 'bad' : ''}><time>${clock(event.time)}</time><span>${event.message}</span></li>`)}</ul></section>`;
}
