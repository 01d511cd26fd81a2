// Each rule as a sentence with live values in it, and how it stands.
import { html, nothing } from './lit-html/lit-html.js';
import { keyOf } from './feed.js';
import { merge, path, HOME_API } from './api.js';
import { condition } from './model.js';
import { icon } from './icons.js';
import { ago, boolean, capital, clock, duration, humane, now, value } from './words.js';

const DEVICE = /(!?)\s*device\("([^"]+)"\)(?:\.(desired))?\.(?:age\("(\w+)"\)|(\w+))/;
const TERM = new RegExp(`${DEVICE.source}|\\s*(&&|\\|\\||==|!=|>=|<=|>|<)\\s*|([^!&|=<>d]+|.)`, 'g');
const NUMBER = /^\s*-?\d+(\.\d+)?\s*$/;
const OPERATORS = { '&&': 'and', '||': 'or', '==': 'is', '!=': 'is not', '>=': 'at least', '<=': 'at most', '>': 'above', '<': 'below' };

export function rulesView(app) {
    const rules = all(app);
    if (rules.length === 0) return app.isLoading ? nothing : empty();
    const groups = [['interlocks', 'Interlocks', 'what may never be'], ['reactions', 'Reactions', 'what happens by itself'], ['scalers', 'Scalers', 'how many there are']];
    return html`${groups.map(([kind, title, meaning]) => {
        const own = rules.filter(rule => rule.plural === kind);
        return own.length === 0 ? nothing : html`<section class="group" aria-labelledby=${kind}>
            <h2 id=${kind}>${title} <small class="soft">${meaning}</small></h2>
            <ul class="rules">${own.map(rule => ruleCard(app, rule))}</ul></section>`;
    })}`;
}

const empty = () => html`<section class="invitation">${icon('rules')}<h2>No rules yet</h2>
    <p>An Interlock says what may never be, a Reaction what to do by itself, a Scaler how many there should be. The blueprints show each:</p>
    <pre><code>./oikos apply -f blueprints/house.yaml</code></pre></section>`;

function all(app) {
    return ['interlocks', 'reactions', 'scalers'].flatMap(plural => app.home.all(plural).map(object => ({ plural, object })))
        .sort((a, b) => keyOf(a.object).localeCompare(keyOf(b.object)));
}

// A rule is about a device when its text names it.
export function rulesAbout(app, thing) {
    const { name, namespace } = thing.device.metadata;
    return all(app).filter(({ object }) => {
        const text = JSON.stringify(object.spec);
        return text.includes(`"${namespace}/${name}"`) || object.metadata.namespace === namespace && (text.includes(`\\"${name}\\"`) || text.includes(`"${name}"`));
    });
}

export function ruleCard(app, { plural, object }) {
    const state = STATES[plural](object);
    return html`<li class="rule ${state.kind}">
        <div class="rule-head"><span class="glyph">${icon({ interlocks: 'shield', reactions: 'bolt', scalers: 'scale' }[plural])}</span>
            <h3 class="grow">${object.metadata.name}</h3><span class="chip ${state.kind}">${state.text}</span></div>
        <p class="sentence">${SENTENCES[plural](app, object)}</p>
        ${object.spec.description ? html`<p class="soft">${object.spec.description}</p>` : nothing}
        ${state.why ? html`<p class="why">${humane(state.why)}</p>` : nothing}
        ${plural === 'interlocks' && state.latched && app.mayWrite ? html`<button class="button" @click=${() => reset(app, object)}>Reset</button>` : nothing}
        ${app.refusals.has(`rule/${keyOf(object)}`) ? html`<p class="refusal">${icon('warning')}<span>${app.refusals.get(`rule/${keyOf(object)}`).reason}</span></p>` : nothing}
    </li>`;
}

async function reset(app, interlock) {
    try {
        await merge(path(HOME_API, 'interlocks', interlock), { spec: { resetTime: new Date(now()).toISOString().replace(/\.\d+/, '') } });
        app.announce(`${interlock.metadata.name} was reset.`);
    } catch (failure) {
        app.refused(`rule/${keyOf(interlock)}`, failure);
    }
}

const STATES = {
    interlocks(object) {
        const holding = condition(object, 'Holding');
        const latched = condition(object, 'Latched')?.status === 'True';
        if (latched) return { kind: 'bad', text: 'latched', why: holding?.status === 'False' ? holding.message : 'It holds again. A person has to reset it.', latched };
        if (!holding) return { kind: 'wait', text: 'not looked at yet' };
        return holding.status === 'True' ? { kind: '', text: 'holding' } : { kind: 'bad', text: 'broken', why: holding.message };
    },
    reactions(object) {
        const { status = {} } = object;
        const ready = condition(object, 'Ready');
        if (ready?.status === 'False') return { kind: 'bad', text: 'cannot act', why: ready.message };
        const left = status.dueTime ? duration(Math.max(0, Date.parse(status.dueTime) - now())) : '';
        switch (status.phase) {
            case 'Waiting': return { kind: 'wait', text: left ? `acts in ${left}` : 'waiting' };
            case 'Acting': return { kind: 'wait', text: 'acting' };
            case 'Acted': return { kind: 'done', text: `acted ${ago(status.actedTime)}` };
            case 'Clearing': return { kind: 'wait', text: left ? `undoes in ${left}` : 'clearing' };
            case 'Suspended': return { kind: '', text: 'suspended' };
            default: return { kind: '', text: status.actedTime ? `ready, acted ${ago(status.actedTime)}` : 'ready' };
        }
    },
    scalers(object) {
        const ready = condition(object, 'Ready');
        const wanted = object.status?.desiredReplicas;
        if (ready?.status === 'False') return { kind: 'bad', text: 'cannot scale', why: ready.message };
        return { kind: '', text: wanted === undefined ? 'not looked at yet' : `${wanted} wanted`, why: ready?.message };
    },
};

const SENTENCES = {
    interlocks(app, { spec, metadata }) {
        const safe = (spec.safeValues ?? []).map(each => html`<b>${each.deviceName} ${words(app, metadata.namespace, each.deviceName, each.property, each.value)}</b>`);
        return html`${spec.never ? 'Never' : 'Always'} ${expression(app, metadata.namespace, spec.never ?? spec.always)}.
            ${safe.length > 0 ? html` If it breaks: ${list(safe)}.` : nothing}${spec.latched ? ' It stays so until a person resets it.' : ''}`;
    },
    reactions(app, { spec, metadata }) {
        const steps = spec.steps.map(step => describe(app, metadata.namespace, step));
        return html`When ${expression(app, metadata.namespace, spec.when)}${spec.forSeconds ? ` for ${duration(spec.forSeconds * 1000)}` : ''}: ${list(steps)}.${
            spec.undo ? ` Undone when it is over${spec.undo.afterSeconds ? ` for ${duration(spec.undo.afterSeconds * 1000)}` : ''}.` : ''}`;
    },
    scalers(app, { spec, metadata }) {
        const triggers = spec.triggers.map(trigger => html`<b>${trigger.replicas}</b> ${trigger.schedule ? window(trigger.schedule) : threshold(app, metadata.namespace, trigger.telemetry)}`);
        return html`Between ${spec.minReplicas ?? 1} and ${spec.maxReplicas} of <b>${spec.targetRef.name.split('/').pop()}</b>: ${list(triggers)}.`;
    },
};

const list = items => items.map((item, index) => html`${index === 0 ? nothing : index === items.length - 1 ? ' and ' : ', '}${item}`);

function find(app, namespace, name) {
    return app.home.find(name.includes('/') ? name : `${namespace}/${name}`);
}

function words(app, namespace, name, property, raw) {
    return value(find(app, namespace, name)?.property(property) ?? { name: property }, raw);
}

function describe(app, namespace, step) {
    if (step.set) {
        const each = Object.entries(step.set.desired).map(([name, raw]) => words(app, namespace, step.set.deviceName, name, raw)).join(', ');
        return html`set <b>${step.set.deviceName} ${each}</b>`;
    }
    if (step.scale) return html`scale <b>${step.scale.targetRef.name}</b> to ${step.scale.replicas}`;
    if (step.patch) return html`change <b>${step.patch.targetRef.name}</b>`;
    if (step.job) return html`run a job`;
    return html`tell “${step.notify?.message.replace(/\.$/, '')}”`;
}

// CEL as people say it; what it does not know stays as it is written.
function expression(app, namespace, text) {
    const said = [];
    let unit = '';
    for (const [all, not, name, desired, aged, property, operator, rest] of text.matchAll(TERM)) {
        if (name) {
            said.push(term(app, namespace, { not, name, desired, aged, property }));
            unit = aged ? '' : find(app, namespace, name)?.property(property)?.unit ?? '';
        }
        else if (operator) said.push(` ${OPERATORS[operator]} `);
        else said.push(unit && NUMBER.test(rest) ? `${rest.trim()} ${unit} ` : rest ?? all);
    }
    return html`<span class="expression" title=${text}>${said}</span>`;
}

function term(app, namespace, { not, name, desired, aged, property }) {
    const thing = find(app, namespace, name);
    const known = property ?? aged;
    const model = thing?.property(known);
    const raw = desired ? thing?.desired(known) : thing?.reported(known);
    const what = aged ? `age of ${name} ${known}` : model?.type === 'Boolean' ? `${name} is ${boolean(known, !not)}` : `${not ? 'not ' : ''}${name} ${known}`;
    if (!thing) return html`<b>${what}</b> <span class="value-now">(unknown)</span>`;
    const observed = thing.observed(known);
    return html`<b>${desired ? `${what} wanted` : what}</b> <span class="value-now">(${value(model ?? { name: known }, raw)}${observed && !desired ? `, ${ago(observed)}` : ''})</span>`;
}

function threshold(app, namespace, { deviceName, property, above, below }) {
    const thing = find(app, namespace, deviceName);
    const model = thing?.property(property);
    const limit = Number(above ?? below);
    return html`while <b>${deviceName.split('/').pop()} ${property}</b> is ${above === undefined ? 'below' : 'above'} ${value(model ?? { name: property }, limit)}
        <span class="value-now">(${value(model ?? { name: property }, thing?.reported(property))})</span>`;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

// The crons that people write; others stand as they are.
function cron(text) {
    const [minute, hour, dayOfMonth, month, weekday] = text.trim().split(/\s+/);
    if (!/^\d+$/.test(minute) || !/^\d+$/.test(hour) || dayOfMonth !== '*' || month !== '*') return text;
    const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
    if (weekday === '*') return time;
    const day = /^[0-7]$/.test(weekday) ? weekday % 7 : WEEKDAYS.findIndex(name => name.toLowerCase().startsWith(weekday.toLowerCase()));
    return weekday.length !== 2 && day >= 0 ? `${WEEKDAYS[day]} ${time}` : text;
}

// A scaler's reason, whose windows are crons, in a home owner's words.
export const reason = sentence => capital(humane(sentence).replace(/the window from "([^"]*)" to "([^"]*)" \(([^)]*)\) is (open|closed)/,
    (_, start, end, timeZone, state) => `it is ${state === 'open' ? 'within' : 'outside'} the hours ${window({ start, end, timeZone })}`));

const window = ({ start, end, timeZone }) => `from ${cron(start)} to ${cron(end)}${timeZone && timeZone !== 'UTC' ? ` (${timeZone})` : ''}`;
