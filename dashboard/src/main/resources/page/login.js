// Before somebody is logged in: the one-time link, the code that an account may ask for beside it, and how to know that this is the right machine.
import { html, nothing } from './lit-html/lit-html.js';
import { post } from './api.js';
import { icon } from './icons.js';

// The link or session that a code was given beside is used up.
const GONE = 410;
const LINK = /^[a-z0-9][-a-z0-9]*\.[A-Za-z0-9_-]{16,}$/;

// Shows the link in the address. Answers undefined when there is none, otherwise as present does.
export async function redeem(fragment) {
    return LINK.test(fragment) ? present({ link: fragment }) : undefined;
}

// Shows a link, and the code that may have to stand beside it; without a link, the code that this session owes.
// Answers {} when it let us in, otherwise { owed }, what still needs a code, and why not as { failure }.
export async function present(shown) {
    try {
        const answer = await post('/page/login', shown);
        return answer.codeNeeded ? { owed: { link: shown.link } } : {};
    } catch (refused) {
        const goesOn = shown.code && refused.code !== GONE;
        return { owed: goesOn ? { link: shown.link } : null, failure: refused.message };
    }
}

export function loginView(app) {
    return app.owed ? codeView(app) : linkView(app);
}

const refusal = app => (app.loginFailure ? html`<p class="refusal" role="alert">${icon('warning')}<span>${app.loginFailure}</span></p>` : nothing);

function codeView(app) {
    const { paper } = app.owed;
    const give = event => {
        event.preventDefault();
        app.giveCode(event.target.elements.code.value);
    };
    return html`<main class="login">
        <div class="emblem">${icon('Lock')}</div>
        <h1>${app.facts.homeName || 'This home'}</h1>
        <p class="lead">${paper ? 'One of the codes on paper lets you in, once.' : 'This login is protected: beside the link it needs the code that your phone shows now.'}</p>
        <form class="code" @submit=${give}>
            <label for="code">${paper ? 'Recovery code' : 'Code'}</label>
            <input id="code" name="code" required maxlength="64" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" inputmode=${paper ? 'text' : 'numeric'}>
            <button class="button">Log in</button>
        </form>
        ${refusal(app)}
        <p><button class="button lost" @click=${() => { app.owed.paper = !paper; app.render(); }}>${paper ? 'Use the phone' : 'Lost your phone? Use a recovery code'}</button></p>
        <p class="soft">Neither phone nor paper? On the machine that runs the home <code>./oikos otp enrol owner --login --anew</code> shows a new phone what it needs.</p>
    </main>`;
}

function linkView(app) {
    const { homeName, fingerprint } = app.facts;
    return html`<main class="login">
        <div class="emblem">${icon('home')}</div>
        <h1>${homeName || 'This home'}</h1>
        ${app.loginNote ? html`<p role="status">${app.loginNote}</p>` : nothing}
        ${refusal(app)}
        <p class="lead">The page opens with a link that works once. On the machine that runs the home:</p>
        <pre><code>./oikos login</code></pre>
        <p>Open what it prints, here or on another device. <code>./oikos login --view</code> makes a link that may only look.</p>
        <section aria-labelledby="certificate">
            <h2 id="certificate">Did the browser warn?</h2>
            <p>It does not know this home yet, and it is right to ask. Look at the certificate it shows: if its SHA-256 fingerprint
                is the one that <code>oikos up</code> printed, you are talking to your own machine. This page believes it to be</p>
            <p class="fingerprint"><code>${fingerprint}</code></p>
            <p>but trust what the terminal says, not what a page says of itself.</p>
            <p><a class="button" href="/ca.crt" download>Certificate for phones and computers</a></p>
            <p class="soft">Installed as an authority, it ends the warning. It can vouch for names and addresses of a home only, never for other sites.</p>
        </section>
    </main>`;
}
