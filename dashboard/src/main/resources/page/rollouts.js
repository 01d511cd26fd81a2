// A rollout of firmware as a row that fills, with the reason for every wait and buttons to stop it.
import { html, nothing } from './lit-html/lit-html.js';
import { icon } from './icons.js';
import { HOME_API, merge, path } from './api.js';
import { keyOf } from './feed.js';
import { condition, titleOf } from './model.js';
import { capital, clock, duration, now, plain } from './words.js';

const PHASES = {
    Waiting: 'waits', Updating: 'is updated', Withdrawing: 'is asked to stop', Soaking: 'is watched', Updated: 'has it', Failed: 'failed',
    RollingBack: 'goes back', RolledBack: 'is back',
};
const WORDS = { Progressing: 'under way', Paused: 'paused', RollingBack: 'going back', RolledBack: 'went back', Complete: 'done', Aborted: 'stopped', Blocked: 'cannot begin' };
const KINDS = { Paused: 'wait', RollingBack: 'bad', RolledBack: 'bad', Aborted: 'wait', Blocked: 'bad' };
const IN_WORK = ['Progressing', 'RollingBack', 'Blocked'];

const phaseOf = rollout => rollout.status?.phase ?? 'Progressing';
const nameOf = rollout => capital(plain(rollout.metadata.name));
const refusalKey = rollout => `rollout ${keyOf(rollout)}`;

// What a person has to look at: { text, link, kind }.
export function rolloutNeeds(home) {
    return home.all('firmwarerollouts').flatMap(rollout => {
        const phase = phaseOf(rollout), { failure, waitingFor } = rollout.status ?? {};
        if (phase === 'RolledBack' || phase === 'RollingBack') return [{ text: `Firmware ${rollout.status.firmwareName} goes back: ${failure}`, link: '#/home', kind: 'bad' }];
        if (phase === 'Paused' && failure) return [{ text: `Rollout ${rollout.metadata.name} waits for you: ${failure}`, link: '#/home', kind: 'bad' }];
        return phase === 'Blocked' ? [{ text: `Rollout ${rollout.metadata.name}: ${waitingFor}`, link: '#/home', kind: 'wait' }] : [];
    });
}

// All rollouts, below the rooms.
export function rollouts(app) {
    const all = app.home.all('firmwarerollouts').sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
    return all.length === 0 ? nothing : html`<section class="group" aria-labelledby="rollouts"><h2 id="rollouts">Firmware</h2>
        <ul class="cards">${all.map(rollout => html`<li class="card rollout ${KINDS[phaseOf(rollout)] ?? ''}" data-rollout=${keyOf(rollout)}>
            ${head(rollout)}${row(app, rollout)}${waits(app, rollout)}${buttons(app, rollout)}</li>`)}</ul></section>`;
}

function head(rollout) {
    const phase = phaseOf(rollout), { version, revision } = rollout.status ?? {};
    return html`<div class="rule-head"><span class="glyph">${icon('Appliance')}</span>
        <div class="grow"><h3>${nameOf(rollout)}</h3><p class="soft">${rollout.spec.firmwareName}${version ? `, version ${version}` : ''}${revision > 1 ? `, revision ${revision}` : ''}</p></div>
        <span class="chip ${KINDS[phase] ?? ''}">${WORDS[phase]}</span></div>`;
}

function title(app, rollout, name) {
    const thing = app.feeds.devices.objects.get(`${rollout.metadata.namespace}/${name}`);
    return thing ? titleOf(thing) : capital(plain(name));
}

function row(app, rollout) {
    const devices = rollout.status?.devices ?? [];
    return devices.length === 0 ? nothing : html`<ol class="fleet" aria-label="${rollout.status.updatedDevices} of ${devices.length} devices have it">${devices.map(device => html`
        <li class="step-${device.phase}"><span class="bar"><span></span></span><b>${title(app, rollout, device.name)}</b><small>${PHASES[device.phase]}</small></li>`)}</ol>`;
}

function waits(app, rollout) {
    const { status = {} } = rollout, phase = phaseOf(rollout);
    const reasons = (status.devices ?? []).filter(device => device.message && device.phase !== 'Updated');
    return html`<p class="why">${sentence(rollout, phase)}</p>
        ${reasons.length === 0 ? nothing : html`<ul class="reasons">${reasons.map(device => html`<li>${icon(device.phase === 'Failed' ? 'warning' : 'clock')}
            <span><b>${title(app, rollout, device.name)}</b> ${PHASES[device.phase]}: ${device.message}</span></li>`)}</ul>`}
        ${status.failure && phase !== 'Progressing' ? html`<p class="refusal">${icon('warning')}<span>${capital(status.failure)}.</span></p>` : nothing}`;
}

function sentence(rollout, phase) {
    const { waitingFor, completedTime, estimatedCompletionTime } = rollout.status ?? {};
    if (!rollout.status) return 'Nobody has looked at it yet.';
    if (phase === 'Complete') return `${condition(rollout, 'Complete')?.message ?? 'It is done.'}${waitingFor ? ` Still to come: ${waitingFor}.` : ` Since ${clock(completedTime)}.`}`;
    if (phase === 'RolledBack') return 'Every device that can be reached is back at what it had.';
    if (phase === 'Aborted') return 'Nothing more is begun; what is updated stays.';
    const left = Date.parse(estimatedCompletionTime ?? '') - now();
    return `Waits for ${waitingFor ?? 'its turn'}.${left > 0 ? ` Done in about ${duration(left)}.` : ''}`;
}

function buttons(app, rollout) {
    if (!app.mayWrite) return nothing;
    const phase = phaseOf(rollout), refusal = app.refusals.get(refusalKey(rollout));
    const stopped = phase === 'Paused' || phase === 'Aborted';
    return html`<div class="buttons">
        ${IN_WORK.includes(phase) ? html`<button class="button" @click=${() => change(app, rollout, { paused: true })}>Pause</button>` : nothing}
        ${IN_WORK.includes(phase) || phase === 'Paused' ? html`<button class="button" @click=${() => change(app, rollout, { abort: true, paused: false })}>Stop</button>` : nothing}
        ${stopped || phase === 'RolledBack' ? html`<button class="button" @click=${() => change(app, rollout, again(rollout))}>${stopped && !rollout.status.failure ? 'Go on' : 'Try again'}</button>` : nothing}
        </div>${refusal ? html`<p class="refusal">${icon('shield')}<span>${refusal.reason}</span></p>` : nothing}`;
}

// What failed is tried again only under another number.
function again(rollout) {
    const spec = { paused: false, abort: false };
    return rollout.status.failure ? { ...spec, attempt: Math.max(rollout.spec.attempt ?? 0, rollout.status.attempt ?? 0) + 1 } : spec;
}

async function change(app, rollout, spec) {
    app.refusals.delete(refusalKey(rollout));
    try {
        await merge(path(HOME_API, 'firmwarerollouts', rollout), { spec });
    } catch (failure) {
        app.refused(refusalKey(rollout), failure);
    }
}
