// A random number generator as its owner looks at it: whether it is believed, what it gives, its raw bits as a picture.
import { html, svg, nothing } from './lit-html/lit-html.js';
import { guard } from './lit-html/directives/guard.js';
import { icon } from './icons.js';
import { json, path, request } from './api.js';
import { keyOf } from './feed.js';
import { age, ago, capital } from './words.js';

const ROOT = '/apis/gateway.oikos.home/v1alpha1';
const READ_AFTER_MILLIS = 5_000;
// A source that cannot be asked is asked again now and then.
const ABSENT_FOR_MILLIS = 60_000;
const SIDE = 64;
const KINDS = { Failed: 'bad', Suspect: 'wait', Starting: 'wait' };
const WORDS = { Starting: 'being tested', Healthy: 'healthy', Suspect: 'suspect', Failed: 'failed' };

// By source: { reading, bits, at, asking }.
const looks = new Map();

// What a person has to look at: { text, link, kind }. Nothing is weaker for it, so it never needs more than a look.
export function diceNeeds(home) {
    return home.all('entropysources').filter(dice => dice.status?.state === 'Failed')
        .map(dice => ({ text: `${dice.metadata.name}: ${dice.status.message}`, link: '#/home', kind: 'wait' }));
}

// All sources, below rooms and batches.
export function dices(app) {
    const all = app.home.all('entropysources').sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
    return all.length === 0 ? nothing : html`<section class="group" aria-labelledby="dices"><h2 id="dices">Chance</h2>
        <ul class="cards">${all.map(dice => card(app, dice))}</ul></section>`;
}

function card(app, dice) {
    const { status = {}, spec, metadata } = dice;
    const look = looked(app, dice);
    return html`<li class="card dice ${KINDS[status.state] ?? ''}">
        <div class="rule-head"><span class="glyph">${icon('Dice')}</span>
            <div class="grow"><h3>${capital(metadata.name)}</h3><p class="soft">${spec.description ?? 'A random number generator.'}</p></div>
            <span class="chip ${KINDS[status.state] ?? ''}">${WORDS[status.state] ?? 'not known'}</span></div>
        <p class="why">${capital(status.message ?? 'nobody has looked at it yet')}${status.stateSinceTime ? html`, for ${age(status.stateSinceTime)}` : nothing}.</p>
        ${look.reading ? figures(look.reading, spec) : nothing}
        ${look.reading || look.bits ? html`<div class="chance">${look.bits ? guard([look.bits], () => picture(look.bits)) : nothing}${
            look.reading ? guard([look.reading], () => histogram(look.reading)) : nothing}</div>` : nothing}
        ${status.lastFailure ? html`<p class="soft">Last failure ${ago(status.lastFailure.time)}: ${status.lastFailure.message}.</p>` : nothing}
        ${look.reading && status.state !== 'Failed' ? html`<button class="button" @click=${() => draw(app, dice, look)}>Look at fresh bits</button>` : nothing}</li>`;
}

const whole = value => value.toLocaleString('en');

function figures(reading, spec) {
    const shown = [['Chance', `${whole(reading.entropyBitsPerSecond)} bits`, 'a second, by its builder’s word'],
        ['Raw samples', whole(reading.samplesPerSecond), `a second, ${reading.sampleBits} bit${reading.sampleBits === 1 ? '' : 's'} each, ${spec.minEntropy} declared`],
        ['Tested', whole(reading.samples), `mixed in ${whole(reading.reseeds)} times`]];
    return html`<dl class="figures">${shown.map(([name, text, note]) => html`<div><dt>${name}</dt><dd>${text} <small>${note}</small></dd></div>`)}</dl>`;
}

// ---- what is asked for

function looked(app, dice) {
    const key = keyOf(dice);
    const look = looks.get(key) ?? { at: -Infinity };
    looks.set(key, look);
    if (!document.hidden && performance.now() - look.at > READ_AFTER_MILLIS) read(app, dice, look);
    return look;
}

const asked = (dice, subresource) => path(ROOT, 'entropysources', dice) + `/${subresource}`;

async function read(app, dice, look) {
    look.at = performance.now();
    try {
        look.reading = await json(asked(dice, 'reading'));
        if (!look.bits && dice.status?.state === 'Healthy') await draw(app, dice, look);
    } catch {
        look.reading = undefined;
        look.at += ABSENT_FOR_MILLIS;
    }
    app.render();
}

// What is shown is used for nothing else.
async function draw(app, dice, look) {
    const width = dice.spec.sampleBits ?? 1;
    try {
        const answer = await request(asked(dice, `samples?count=${SIDE * SIDE / width | 0}`));
        const samples = new Uint8Array(await answer.arrayBuffer());
        look.bits = [...samples].flatMap(sample => Array.from({ length: width }, (_, bit) => sample >> (width - 1 - bit) & 1));
    } catch {
        look.bits = undefined;
    }
    app.render();
}

// ---- what is drawn

function picture(bits) {
    const ones = bits.reduce((sum, bit) => sum + bit, 0);
    const runs = bits.map((bit, at) => (bit ? `M${at % SIDE} ${Math.floor(at / SIDE)}h1v1h-1z` : '')).join('');
    return html`<figure><svg class="bits" viewBox="0 0 ${SIDE} ${SIDE}" role="img" aria-label="${whole(bits.length)} raw bits, ${whole(ones)} of them ones"><path d=${runs}></path></svg>
        <figcaption class="soft">${whole(bits.length)} raw bits as they came; stripes and patches would be a fault.</figcaption></figure>`;
}

function histogram({ histogram: counts }) {
    const most = Math.max(1, ...counts), total = counts.reduce((sum, count) => sum + count, 0), width = 100 / counts.length;
    const bars = counts.map((count, value) => svg`<rect x=${value * width + width * 0.1} width=${width * 0.8} y=${100 - 100 * count / most} height=${100 * count / most}></rect>`);
    const words = counts.length > 4 || total === 0 ? '' : counts.map((count, value) => `${value}: ${(100 * count / total).toFixed(1)} %`).join(', ');
    return html`<figure><svg class="histogram" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="How often each of ${counts.length} values came. ${words}">${bars}</svg>
        <figcaption class="soft">How often each value came${words ? `: ${words}` : ''}.</figcaption></figure>`;
}
