// How much processor and memory pods use, asked for while somebody looks. Where nobody measures it, nothing is shown.
import { html, svg, nothing } from './lit-html/lit-html.js';
import { json } from './api.js';
import { keyOf } from './feed.js';
import { bytes } from './words.js';

const METRICS = '/apis/metrics.k8s.io/v1beta1/pods';
const PERIOD_MILLIS = 15_000;
const ABSENT_MILLIS = 120_000;
const WIDTH = 100;
const FACTORS = { n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

let pods = new Map();
let nextMillis = 0;

function quantity(text) {
    const [, amount, unit] = /^([\d.]+)([A-Za-z]*)$/.exec(text ?? '0') ?? [0, 0, ''];
    return Number(amount) * (FACTORS[unit] ?? 1);
}

const sum = (containers, read) => containers.reduce((all, each) => all + quantity(read(each)), 0);

async function ask(app) {
    if (performance.now() < nextMillis) return;
    nextMillis = performance.now() + PERIOD_MILLIS;
    try {
        const list = await json(METRICS);
        pods = new Map(list.items.map(each => [keyOf(each), { cpu: sum(each.containers, one => one.usage.cpu), memory: sum(each.containers, one => one.usage.memory) }]));
    } catch {
        pods = new Map();
        nextMillis = performance.now() + ABSENT_MILLIS;
    }
    app.render();
}

// What they may use together; without a limit that is the machine.
function limit(app, work, resource) {
    const limits = work.pods.flatMap(pod => pod.spec.containers.map(each => each.resources?.limits?.[resource]));
    if (limits.length > 0 && limits.every(Boolean)) return { most: limits.reduce((all, each) => all + quantity(each), 0), isOwn: true };
    return { most: app.home.all('nodes').reduce((all, node) => all + quantity(node.status?.allocatable?.[resource]), 0), isOwn: false };
}

export function usage(app, work) {
    ask(app);
    const measured = work.pods.map(pod => pods.get(keyOf(pod))).filter(Boolean);
    if (measured.length === 0) return nothing;
    const cpu = measured.reduce((all, each) => all + each.cpu, 0), memory = measured.reduce((all, each) => all + each.memory, 0);
    return html`<dl class="usage">${bar('CPU', cpu, limit(app, work, 'cpu'), cores)}${bar('Memory', memory, limit(app, work, 'memory'), bytes)}</dl>`;
}

const cores = amount => (amount < 1 ? `${(amount * 100).toLocaleString('en', { maximumFractionDigits: amount < 0.1 ? 1 : 0 })} % of a core`
    : `${amount.toLocaleString('en', { maximumFractionDigits: 1 })} cores`);

function bar(name, used, { most, isOwn }, words) {
    const share = most > 0 ? Math.min(1, used / most) : 0;
    return html`<div class=${isOwn && share > 0.9 ? 'wait' : ''}><dt>${name}</dt><dd>${words(used)}${isOwn ? html` <span class="soft">of ${words(most)}</span>` : nothing}</dd>
        <svg class="bar" viewBox="0 0 ${WIDTH} 1" preserveAspectRatio="none" aria-hidden="true">${svg`<rect width=${WIDTH} height="1"></rect>
            <rect class="used" width=${Math.max(1, share * WIDTH)} height="1"></rect>`}</svg></div>`;
}
