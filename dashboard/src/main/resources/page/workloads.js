// A card for each Deployment and the like: its replicas as dots, why there are that many, its version, and the way to its logs.
import { html, nothing } from './lit-html/lit-html.js';
import { repeat } from './lit-html/directives/repeat.js';
import { icon } from './icons.js';
import { condition, podState, restarts } from './model.js';
import { reason } from './rules.js';
import { usage } from './usage.js';
import { age, capital, humane, plain } from './words.js';

export function workloadsView(app) {
    const workloads = app.home.workloads;
    const nodes = app.home.all('nodes');
    if (workloads.length === 0) return html`${machines(nodes)}${app.isLoading ? nothing : empty()}`;
    return html`${machines(nodes)}<ul class="cards">${repeat(workloads, each => `${each.kind}/${each.key}`, each => card(app, each))}</ul>`;
}

const empty = () => html`<section class="invitation">${icon('workloads')}<h2>No workloads yet</h2>
    <p>Anything with a Deployment runs here. To begin with:</p><pre><code>kubectl create deployment web --image=nginx</code></pre></section>`;

function machines(nodes) {
    return nodes.length === 0 ? nothing : html`<p class="machines">${nodes.map(node => {
        const ready = condition(node, 'Ready')?.status === 'True';
        return html`<span class="chip ${ready ? '' : 'bad'}">${icon(ready ? 'check' : 'warning')}${node.metadata.name}${ready ? '' : ' is not ready'}</span>`;
    })}</p>`;
}

function card(app, work) {
    const complete = work.ready >= work.wanted;
    return html`<li class="card work ${complete ? '' : work.stuck ? 'bad' : 'wait'}">
        <div class="rule-head"><span class="glyph">${icon('workloads')}</span>
            <div class="grow"><h2>${capital(plain(work.name))}</h2><p class="soft">${work.namespace} · ${version(work.object)}</p></div>
            <span class="chip ${complete ? '' : work.stuck ? 'bad' : 'wait'}">${work.ready} of ${work.wanted} ready</span></div>
        <ul class="dots" aria-label="Replicas">${dots(work)}</ul>
        <p class="why">${why(work)}</p>
        ${usage(app, work)}
        ${work.stuck ? html`<p class="refusal">${icon('warning')}<span>${work.stuck}</span></p>` : nothing}
        <ul class="rows pods">${work.pods.map(pod => html`<li><div class="grow"><span class="name">${pod.metadata.name}</span>
            <p class="soft">${podState(pod).text} for ${age(condition(pod, 'Ready')?.lastTransitionTime ?? pod.metadata.creationTimestamp)}${
                restarts(pod) > 0 ? `, restarted ${restarts(pod)} ${restarts(pod) === 1 ? 'time' : 'times'}` : ''}</p></div>
            <a class="button" href="#/logs/${pod.metadata.namespace}/${pod.metadata.name}" aria-label="Logs of ${pod.metadata.name}">Logs</a>
            ${app.mayWrite && podState(pod).kind === 'ready' ? html`<a class="button" href="#/terminal/${pod.metadata.namespace}/${pod.metadata.name}"
                aria-label="Shell in ${pod.metadata.name}">Shell</a>` : nothing}</li>`)}</ul>
    </li>`;
}

const DOTS = ['ready', 'done', 'starting', 'bad', 'leaving'];

function dots(work) {
    const states = work.pods.map(podState).sort((a, b) => DOTS.indexOf(a.kind) - DOTS.indexOf(b.kind));
    const missing = Math.max(0, work.wanted - states.filter(state => state.kind !== 'leaving').length);
    return [...states, ...Array(missing).fill({ kind: 'missing', text: 'not there yet' })]
        .map(state => html`<li class="dot-${state.kind}" title=${state.text}><span class="unseen">${state.text}</span></li>`);
}

const version = object => (object.spec.template.spec.containers ?? []).map(each => each.image.split('/').pop()).join(', ');

function why({ scaler, wanted, object, kind }) {
    if (kind === 'daemonsets') return 'One on each machine.';
    if (object.spec.replicas === 0 && !scaler) return 'Scaled to none.';
    if (!scaler) return `${wanted === 1 ? 'One' : wanted}, because its ${object.kind ?? 'Deployment'} says so.`;
    const ready = condition(scaler, 'Ready');
    const range = `${scaler.spec.minReplicas ?? 1}-${scaler.spec.maxReplicas}`;
    if (ready?.message?.startsWith('at ')) return `${reason(ready.message)}.`;
    return ready?.message ? `${wanted} of ${range}: ${humane(ready.message)}` : `${wanted} of ${range}, by scaler ${scaler.metadata.name}.`;
}
