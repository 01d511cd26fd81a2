// A code of the phone beside the link: how an owner has it asked for, with another phone, and no more.
import { html, nothing } from './lit-html/lit-html.js';
import { guard } from './lit-html/directives/guard.js';
import { json, post } from './api.js';
import { icon } from './icons.js';

const ROOT = '/page/second-factor';
const REREAD_AFTER_MILLIS = 15_000;
// The light around a QR code that cameras need, in modules.
const QUIET = 4;
const PAPER_LOW = 2;

let session = '';
let state = null;
let readAt = -Infinity;
// What is shown once: the answer of an enrolment that waits for the first code.
let shown = null;
// 'enrolment' or 'revocation' while it is asked whether, and for a code.
let asking = null;
let codeNeeded = false;
let failure = '';

export function loginNeeds(app) {
    return app.session.recovered ? [{ text: 'You came in by a recovery code: enrol your phone anew', link: '#/sessions', kind: 'wait' }] : [];
}

async function read(app) {
    if (performance.now() - readAt < REREAD_AFTER_MILLIS) return;
    readAt = performance.now();
    state = await json(ROOT).catch(() => state);
    app.render();
}

// Says why not where it was asked.
async function doing(app, what) {
    failure = '';
    try {
        await what();
    } catch (refused) {
        failure = refused.message;
    }
    readAt = -Infinity;
    await read(app);
}

const change = (app, what, code) => doing(app, async () => {
    asking = what;
    const answer = await post(`${ROOT}/${what}`, { code });
    codeNeeded = answer.codeNeeded === true;
    if (codeNeeded) return;
    asking = null;
    shown = what === 'enrolment' ? answer : null;
    if (what === 'revocation') app.announce('The login asks for no code any more.');
});

const confirm = (app, code) => doing(app, async () => {
    await post(`${ROOT}/confirmation`, { code });
    shown = null;
    app.announce('The login asks for a code from now on.');
    await app.sessionChanged();
});

// What one session was shown is not for the next in the same tab.
function forget(app) {
    if (session === app.session.name) return;
    session = app.session.name;
    state = shown = asking = null;
    failure = '';
    readAt = -Infinity;
}

export function secondFactor(app) {
    forget(app);
    read(app);
    if (!state) return nothing;
    return html`<section class="card list factor" aria-labelledby="factor">
        <h2 id="factor">A code beside the link</h2>
        ${failure ? html`<p class="refusal" role="alert">${icon('warning')}<span>${failure}</span></p>` : nothing}
        ${shown ? enrolling(app) : asking ? asked(app) : stands(app)}
    </section>`;
}

function stands(app) {
    if (!state.served) return html`<p class="soft">Codes are not available beside a Kubernetes of yours.</p>`;
    const begin = what => () => { asking = what; codeNeeded = false; failure = ''; app.render(); };
    if (!state.enrolled) {
        return html`<p class="soft">Whoever finds a login link can use it. With this, the page also asks for a code that only your phone shows.</p>
            <button class="button" @click=${() => change(app, 'enrolment')}>Protect my login</button>`;
    }
    return html`<p>${state.waits ? 'It asks for codes of the phone that was begun last, which has given none yet.' : html`Your login needs a code of your phone, since
            ${new Date(state.enrolledTime).toLocaleDateString('en-GB', { dateStyle: 'medium' })}.`}
            ${state.locked ? 'After too many wrong codes only one on paper lets in.' : nothing}</p>
        <p class=${state.recoveryCodesLeft <= PAPER_LOW ? 'low' : 'soft'}>${state.recoveryCodesLeft} of 8 recovery codes on paper are left${
            state.recoveryCodesLeft <= PAPER_LOW ? '; enrol anew for more' : ''}.</p>
        <div class="buttons"><button class="button" @click=${begin('enrolment')}>Enrol anew</button>
            <button class="button" @click=${begin('revocation')}>Turn off</button></div>`;
}

// Whoever changes it shows once more who that is.
function asked(app) {
    const enrolment = asking === 'enrolment';
    const give = event => {
        event.preventDefault();
        change(app, asking, event.target.elements.code?.value);
    };
    const keep = () => { asking = null; failure = ''; app.render(); };
    return html`<form class="code" @submit=${give}>
        <p>${enrolment ? 'Phone and paper of before are worth nothing once another is shown.' : 'Whoever has a login link gets in without a code then.'}</p>
        ${codeNeeded ? html`<label for="change">A code of the phone, or one on paper</label>
            <input id="change" name="code" required maxlength="64" autocomplete="one-time-code" autocapitalize="none" spellcheck="false">` : nothing}
        <div class="buttons"><button class="button">${enrolment ? 'Go on' : 'Turn off'}</button>
            <button class="button" type="button" @click=${keep}>Leave it as it is</button></div></form>`;
}

function enrolling(app) {
    const give = event => {
        event.preventDefault();
        confirm(app, event.target.elements.code.value.replaceAll(' ', ''));
    };
    return html`<p>None of this is shown again.</p>
        <ol class="steps">
            <li><h3>Scan this with an authenticator app</h3>
                ${guard([shown], () => picture(shown.qrCode))}
                <p>or <a href=${shown.uri}>open it on this phone</a>, or type <code class="secret">${shown.secret.match(/.{1,4}/g).join(' ')}</code></p></li>
            <li><h3>Write these on paper, for when the phone is lost</h3>
                <ul class="paper">${shown.recoveryCodes.map(code => html`<li><code>${code}</code></li>`)}</ul></li>
            <li><form class="code" @submit=${give}>
                <label for="first">Give the code that the phone shows now</label>
                <input id="first" name="code" required maxlength="10" autocomplete="one-time-code" inputmode="numeric">
                <div class="buttons"><button class="button">Confirm</button>
                    <button class="button" type="button" @click=${() => { shown = null; failure = ''; app.render(); }}>Not now</button></div></form></li>
        </ol>`;
}

// Dark on light in every scheme: that is what cameras look for.
function picture(rows) {
    const side = rows.length + 2 * QUIET;
    const dark = rows.map((row, y) => [...row].map((module, x) => (module === '1' ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
    return html`<svg class="qr" viewBox="${-QUIET} ${-QUIET} ${side} ${side}" role="img" aria-label="QR code of the secret"><rect x=${-QUIET} y=${-QUIET} width=${side} height=${side}></rect><path d=${dark}></path></svg>`;
}
