// Puts the page together: who is logged in, what is watched, which view is shown, and one render per frame.
import { html, render } from './lit-html/lit-html.js';
import { json, merge, path, Refused, whenLoggedOut, HOME_API } from './api.js';
import { Feed } from './feed.js';
import { Home } from './model.js';
import { loginView, present, redeem } from './login.js';
import { Missed } from './missed.js';
import { shell } from './shell.js';
import { setHomeTime } from './words.js';

const KINDS = {
    devices: `${HOME_API}/devices`, devicemodels: `${HOME_API}/devicemodels`, interlocks: `${HOME_API}/interlocks`,
    reactions: `${HOME_API}/reactions`, scalers: `${HOME_API}/scalers`, fermentations: `${HOME_API}/fermentations`,
    entropysources: `${HOME_API}/entropysources`, firmwarerollouts: `${HOME_API}/firmwarerollouts`,
    pods: '/api/v1/pods', nodes: '/api/v1/nodes', events: '/api/v1/events',
    deployments: '/apis/apps/v1/deployments', statefulsets: '/apis/apps/v1/statefulsets', daemonsets: '/apis/apps/v1/daemonsets',
};
const REFUSAL_SHOWN_MILLIS = 30_000;
const PENDING_SHOWN_MILLIS = 20_000;
const TICK_MILLIS = 1_000;

class App {
    // null until known, false when nobody is logged in
    session = null;
    facts = {};
    // what needs a code before anybody is logged in: { link } or {} for the session itself
    owed = null;
    route = ['home'];
    feeds = {};
    home = null;
    // by device: what was tapped and not yet seen; what was refused
    pending = new Map();
    refusals = new Map();
    announcement = '';
    missed = new Missed();
    #due = false;

    async start() {
        addEventListener('hashchange', () => this.#arrive());
        document.addEventListener('visibilitychange', () => document.hidden || this.#wake());
        addEventListener('online', () => this.#wake());
        matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.render());
        whenLoggedOut(() => this.#shutOut());
        setInterval(() => this.render(), TICK_MILLIS);
        if (!await this.#enter()) await this.#who();
    }

    // A link opens the page also where the page is open already.
    async #arrive() {
        if (!await this.#enter()) this.#routed();
    }

    async #enter() {
        const outcome = await redeem(location.hash.slice(1));
        if (!outcome) return false;
        history.replaceState(null, '', '#/home');
        for (const feed of Object.values(this.feeds)) feed.stop();
        await this.#who(outcome);
        return true;
    }

    async #who({ owed = null, failure = '' } = {}) {
        this.facts = await json('/page/session');
        setHomeTime(this.facts.time);
        this.owed = owed ?? (this.facts.codeNeeded ? {} : null);
        this.session = this.owed ? false : this.facts.session ?? false;
        this.loginFailure = this.session ? '' : failure;
        if (this.session) this.#watch();
        this.#routed();
    }

    async giveCode(code) {
        const { link, paper } = this.owed;
        const outcome = await present({ link, code });
        if (!outcome.owed) return this.#who(outcome);
        this.owed = { ...outcome.owed, paper };
        this.loginFailure = outcome.failure ?? '';
        this.render();
    }

    // What is known of the session changed by something that was done here.
    async sessionChanged() {
        this.session = (await json('/page/session')).session ?? false;
        this.render();
    }

    #watch() {
        for (const [kind, from] of Object.entries(KINDS)) this.feeds[kind] = new Feed(from, () => this.render()).start();
        this.home = new Home(this.feeds);
    }

    #wake() {
        for (const feed of Object.values(this.feeds)) feed.wake();
        this.render();
    }

    #loggedOut(note = '') {
        if (!this.session) return;
        this.session = false;
        for (const feed of Object.values(this.feeds)) feed.stop();
        this.loginNote = note;
        this.loginFailure = note ? '' : 'This session has ended.';
        this.render();
    }

    // The home answers this session no more: it has ended, or owes a code from now on.
    async #shutOut() {
        if (!this.session) return;
        this.#loggedOut();
        await this.#who({ failure: this.loginFailure }).catch(() => {});
    }

    async logout() {
        await json('/page/session', { method: 'DELETE' });
        this.#loggedOut('You are logged out.');
    }

    #routed() {
        const parts = location.hash.startsWith('#/') ? location.hash.slice(2).split('/').map(decodeURIComponent) : [];
        this.route = parts[0] ? parts : ['home'];
        this.render();
    }

    get mayWrite() {
        return this.session?.role === 'owner';
    }

    get isLive() {
        return Object.values(this.feeds).every(feed => feed.state !== 'lost');
    }

    get isLoading() {
        return Object.values(this.feeds).some(feed => feed.state === 'loading');
    }

    // One render a frame, however many events a frame brings.
    render() {
        if (this.#due) return;
        this.#due = true;
        requestAnimationFrame(() => {
            this.#due = false;
            this.#forget();
            this.missed.look(this);
            render(this.session === null ? html`` : this.session ? shell(this) : loginView(this), document.getElementById('page'));
        });
    }

    #forget() {
        for (const [key, refusal] of this.refusals) if (performance.now() - refusal.at > REFUSAL_SHOWN_MILLIS) this.refusals.delete(key);
        for (const [key, wish] of this.pending) if (isSettled(this.home?.find(key), wish)) this.pending.delete(key);
    }

    // Asks for a value of a device; what the home says against it appears where it was asked.
    async set(thing, property, value) {
        this.refusals.delete(thing.key);
        this.pending.set(thing.key, { property, value, at: performance.now(), from: thing.device.metadata.resourceVersion });
        this.render();
        try {
            await merge(path(HOME_API, 'devices', thing.device), { spec: { desired: { [property]: value } } });
        } catch (failure) {
            this.pending.delete(thing.key);
            this.refused(thing.key, failure);
        }
    }

    refused(key, failure) {
        const shown = failure instanceof Refused ? failure : new Refused(0, 'The home cannot be reached. Nothing was changed.');
        this.refusals.set(key, { interlock: shown.interlock, reason: shown.reason, at: performance.now() });
        this.announce(shown.interlock ? `Interlock ${shown.interlock} refuses: ${shown.reason}` : shown.reason);
        this.render();
    }

    announce(text) {
        this.announcement = text;
    }
}

// A tap is settled when the device says so, when the home says why not, or when it took too long to be still on its way.
function isSettled(thing, { property, value, at, from }) {
    if (!thing || thing.reported(property) === value || performance.now() - at > PENDING_SHOWN_MILLIS) return true;
    if (thing.device.metadata.resourceVersion === from) return false;
    return thing.wanted(property) !== value || thing.note?.kind === 'wait' || thing.note?.kind === 'bad';
}

const app = new App();
app.start().catch(failure => {
    render(html`<main class="login"><h1>The home cannot be reached.</h1><p>${failure.message}</p>
        <p><button class="button" @click=${() => location.reload()}>Try again</button></p></main>`, document.getElementById('page'));
});
