// Who is logged in where, and the button that ends it.
import { html, nothing } from './lit-html/lit-html.js';
import { json } from './api.js';
import { icon } from './icons.js';
import { secondFactor } from './secondfactor.js';
import { ago, capital } from './words.js';

let sessions = null;
let failure = '';
let readAt = -Infinity;

const REREAD_AFTER_MILLIS = 15_000;

function read(app) {
    if (performance.now() - readAt < REREAD_AFTER_MILLIS && sessions) return;
    readAt = performance.now();
    json('/page/sessions').then(list => { sessions = list.items; failure = ''; }, refused => { failure = refused.message; }).finally(() => app.render());
}

async function end(app, session) {
    try {
        await json(`/page/sessions/${session.name}`, { method: 'DELETE' });
        app.announce('The session was ended.');
    } catch (refused) {
        failure = refused.message;
    }
    readAt = -Infinity;
    read(app);
}

// What a person calls a browser.
function browser(agent) {
    const name = [['Edg/', 'Edge'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']].find(([mark]) => agent.includes(mark))?.[1];
    const system = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS', 'Mac'], ['Linux', 'Linux']]
        .find(([mark]) => agent.includes(mark))?.[1];
    return name && system ? `${name} on ${system}` : agent || 'an unknown browser';
}

export function sessionsView(app) {
    read(app);
    return html`${app.mayWrite ? secondFactor(app) : nothing}<section class="card list">
        <h2>Sessions</h2>
        <p class="soft">A session ends when it was not used for 30 days, after 180 days, or here. <code>./oikos login</code> opens another.</p>
        ${failure ? html`<p class="refusal">${icon('warning')}<span>${failure}</span></p>` : nothing}
        <ul class="rows">${(sessions ?? []).map(session => html`<li>
            <span class="glyph">${icon('person')}</span>
            <div class="grow"><b>${browser(session.userAgent)}</b>${session.own ? html` <span class="chip">this one</span>` : nothing}
                <p class="soft">${capital(session.role)}, since ${new Date(session.sinceTime).toLocaleDateString('en-GB', { dateStyle: 'medium' })},
                    seen ${session.own ? 'now' : ago(session.lastSeenTime)}${session.code ? ', with a code' : ''}</p></div>
            ${session.own ? html`<button class="button" @click=${() => app.logout()}>Log out</button>`
                : app.mayWrite ? html`<button class="button" @click=${() => end(app, session)} aria-label="End the session of ${browser(session.userAgent)}">End</button>` : nothing}
        </li>`)}</ul>
        <p><a href="/ca.crt" download>Certificate for phones and computers</a> <span class="soft">ends the browser's warning</span></p>
    </section>`;
}
