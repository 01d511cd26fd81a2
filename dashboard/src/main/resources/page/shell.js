// What is always there: the sentence about the home, live or reconnecting, who is logged in, and the way to the views.
import { html, nothing } from './lit-html/lit-html.js';
import { icon } from './icons.js';
import { count } from './words.js';
import { homeView } from './home.js';
import { workloadsView } from './workloads.js';
import { rulesView } from './rules.js';
import { storyView } from './story.js';
import { chartsView } from './charts.js';
import { sessionsView } from './sessions.js';
import { loginNeeds } from './secondfactor.js';
import { sheet } from './sheet.js';
import { batchNeeds, batchSheet } from './brew.js';
import { diceNeeds } from './dice.js';
import { rolloutNeeds } from './rollouts.js';
import { logsSheet } from './logs.js';
import { terminalSheet } from './terminal.js';

const VIEWS = {
    home: ['Home', homeView], workloads: ['Workloads', workloadsView], rules: ['Rules', rulesView], story: ['Story', storyView], charts: ['Charts', chartsView],
};
// A sheet lies over the view that it belongs to.
const UNDER = { device: 'home', batch: 'home', logs: 'workloads', terminal: 'workloads' };
const NAMED_NEEDS_MAX = 3;

export function shell(app) {
    const name = UNDER[app.route[0]] ?? app.route[0];
    const needs = app.isLoading ? [] : [...loginNeeds(app), ...app.home.needs, ...batchNeeds(app.home), ...diceNeeds(app.home), ...rolloutNeeds(app.home)];
    const [title, view] = VIEWS[name] ?? (name === 'sessions' ? ['Sessions', sessionsView] : VIEWS.home);
    document.title = `${title} · ${app.facts.homeName || 'Oikos'}`;
    return html`
        <a class="skip" href="#main" @click=${skip}>To the content</a>
        <header>
            <h1>${sentence(app, needs)}</h1>
            <p class="presence">
                <span class="live ${app.isLive ? '' : 'lost'}" role="status"><span class="dot"></span>${app.isLive ? 'live' : 'reconnecting'}</span>
                <a class="who" href="#/sessions" aria-label="Logged in as ${app.session.role}: sessions">${icon('person')}<span>${app.session.role}</span></a>
            </p>
            ${needsOf(needs)}
            ${app.missed.show(app)}
        </header>
        <nav aria-label="Views">${Object.entries(VIEWS).map(([key, [label]]) => html`
            <a href="#/${key}" aria-current=${key === name ? 'page' : nothing}>${icon(key)}<span>${label}</span></a>`)}</nav>
        <main id="main" tabindex="-1" aria-label=${title}>${view(app)}</main>
        ${app.route[0] === 'device' ? sheet(app) : nothing}
        ${app.route[0] === 'batch' ? batchSheet(app) : nothing}
        ${app.route[0] === 'logs' ? logsSheet(app) : nothing}
        ${app.route[0] === 'terminal' ? terminalSheet(app) : nothing}
        <div class="unseen" role="status">${app.announcement}</div>`;
}

function skip(event) {
    event.preventDefault();
    document.getElementById('main').focus();
}

function sentence(app, { length }) {
    if (app.isLoading) return 'Looking around.';
    return length === 0 ? 'All is well.' : `${count(length)} ${length === 1 ? 'thing needs' : 'things need'} you.`;
}

function needsOf(all) {
    if (all.length === 0) return nothing;
    const more = all.length - NAMED_NEEDS_MAX;
    return html`<ul class="needs">${all.slice(0, NAMED_NEEDS_MAX).map(need => html`<li><a class="need ${need.kind}" href=${need.link}>
        ${icon(need.kind === 'bad' ? 'warning' : 'clock')}<span>${need.text}</span></a></li>`)}
        ${more > 0 ? html`<li><a class="need" href="#/story">and ${more} more</a></li>` : nothing}</ul>`;
}
