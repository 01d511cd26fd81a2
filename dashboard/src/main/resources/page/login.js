// Before somebody is logged in: the one-time link, and how to know that this is the right machine.
import { html, nothing } from './lit-html/lit-html.js';
import { post } from './api.js';
import { icon } from './icons.js';

const LINK = /^[a-z0-9][-a-z0-9]*\.[A-Za-z0-9_-]{16,}$/;

// Uses up the link in the address.
// Answers undefined when there is none, '' when it let us in, otherwise why not.
export async function redeem(fragment) {
    if (!LINK.test(fragment)) return undefined;
    try {
        await post('/page/login', { link: fragment });
        return '';
    } catch (failure) {
        return failure.message;
    }
}

export function loginView(app) {
    const { homeName, fingerprint } = app.facts;
    return html`<main class="login">
        <div class="emblem">${icon('home')}</div>
        <h1>${homeName || 'This home'}</h1>
        ${app.loginNote ? html`<p role="status">${app.loginNote}</p>` : nothing}
        ${app.loginFailure ? html`<p class="refusal" role="alert">${icon('warning')}<span>${app.loginFailure}</span></p>` : nothing}
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
