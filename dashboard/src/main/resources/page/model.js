// What the page derives from the objects it watches: devices with their models, rooms, and what needs a person.
import { keyOf } from './feed.js';
import { boolean, capital, plain, value, ago, humane } from './words.js';

export const condition = (object, type) => object.status?.conditions?.find(each => each.type === type);
const isFalse = (object, type) => condition(object, type)?.status === 'False';

// How a device is called: by its title, otherwise by its name.
export const titleOf = device => device.spec.title || capital(plain(device.metadata.name));

const UNKNOWN = { spec: { category: 'Other', properties: [] } };

export class Thing {
    constructor(device, model) {
        this.device = device;
        this.model = model ?? UNKNOWN;
        this.key = keyOf(device);
        this.title = titleOf(device);
        this.room = device.spec.room || 'elsewhere';
        this.properties = this.model.spec.properties;
        this.commands = this.model.spec.commands ?? [];
        // What needs a code in one direction is no switch to tap.
        this.main = this.properties.find(property => property.writable && property.type === 'Boolean');
        this.switch = this.needsCode(this.main?.name) ? undefined : this.main;
        this.main = this.main ?? this.properties[0] ?? { name: '', type: 'Text' };
    }

    needsCode(name) {
        return this.commands.some(command => command.property === name);
    }

    get icon() {
        if (this.model.spec.category === 'Sensor' && this.main.name === 'wet') return 'Leak';
        return this.model.spec.category ?? 'Other';
    }

    reported(name) {
        return this.device.status?.reported?.[name]?.value;
    }

    desired(name) {
        return this.device.spec.desired?.[name];
    }

    // What it should be: what a person wants, otherwise what control comes to.
    wanted(name) {
        return this.desired(name) ?? this.device.status?.control?.values?.[name];
    }

    observed(name) {
        return this.device.status?.reported?.[name]?.observedTime;
    }

    property(name) {
        return this.properties.find(each => each.name === name);
    }

    words(name) {
        return value(this.property(name) ?? { name }, this.reported(name));
    }

    get isOn() {
        return this.switch ? this.reported(this.switch.name) === true : false;
    }

    get isLate() {
        const fresh = condition(this.device, 'Fresh');
        return fresh ? fresh.status !== 'True' : false;
    }

    get isAway() {
        return isFalse(this.device, 'Online');
    }

    // A second value for the tile: a light that is on tells how bright.
    get aside() {
        const second = this.properties.find(property => property !== this.main && property.type === 'Number' && property.writable);
        if (!this.switch || !second || this.reported(second.name) === undefined) return '';
        return this.isOn ? value(second, this.reported(second.name)) : '';
    }

    // One line of state below the value, with what it means: '', 'wait' or 'bad'.
    get note() {
        const sync = condition(this.device, 'InSync');
        if (condition(this.device, 'Quarantined')?.status === 'True') return { kind: 'wait', text: humane(condition(this.device, 'Quarantined').message) };
        if (this.isAway) return { kind: 'bad', text: this.since('away') };
        if (this.isLate) return { kind: 'wait', text: this.late() };
        if (sync?.status === 'False') return syncNote(sync);
        if (isFalse(this.device, 'Controlled')) return { kind: 'bad', text: humane(condition(this.device, 'Controlled').message) };
        return null;
    }

    since(word) {
        return `${word}, ${this.heard}`;
    }

    get heard() {
        const time = this.device.status?.heardTime;
        return time ? `last heard ${ago(time)}` : 'never heard';
    }

    late() {
        const observed = this.observed(this.main.name) ?? this.device.status?.heardTime;
        return observed ? `${ago(observed)}, late` : 'not heard yet';
    }
}

function syncNote(sync) {
    if (sync.reason === 'Applying') return { kind: '', text: 'on its way' };
    const kind = sync.reason === 'Waiting' ? 'wait' : 'bad';
    return { kind, text: humane(sync.message ?? sync.reason) };
}

const ORDER = new Intl.Collator('en', { numeric: true });

export class Home {
    constructor(feeds) {
        this.feeds = feeds;
        this.cache = new WeakMap();
    }

    all(kind) {
        return [...this.feeds[kind].objects.values()];
    }

    thing(device) {
        const model = this.feeds.devicemodels.objects.get(`/${device.spec.modelName}`);
        const known = this.cache.get(device);
        if (known && known.model === (model ?? UNKNOWN)) return known;
        const made = new Thing(device, model);
        this.cache.set(device, made);
        return made;
    }

    // Sorted once for each change of devices or models, not for each frame.
    get things() {
        const version = `${this.feeds.devices.version}/${this.feeds.devicemodels.version}`;
        if (version !== this.sortedAt) {
            this.sortedAt = version;
            this.sorted = this.all('devices').map(device => this.thing(device)).sort((a, b) => ORDER.compare(a.title, b.title));
        }
        return this.sorted;
    }

    find(key) {
        const device = this.feeds.devices.objects.get(key);
        return device && this.thing(device);
    }

    // [[room, things]], rooms by name.
    get rooms() {
        const rooms = Map.groupBy(this.things, thing => thing.room);
        return [...rooms].sort(([a], [b]) => ORDER.compare(a, b));
    }

    // What needs a person: { text, link, kind }.
    get needs() {
        return [...this.deviceNeeds(), ...this.ruleNeeds(), ...this.workloadNeeds(), ...this.nodeNeeds()];
    }

    deviceNeeds() {
        return this.things.flatMap(thing => {
            const note = thing.note;
            const sync = condition(thing.device, 'InSync');
            const counts = note && (note.kind === 'bad' || thing.isLate || condition(thing.device, 'Quarantined')?.status === 'True');
            if (!counts || sync?.reason === 'Waiting') return [];
            return [need(thing.isLate && !thing.isAway ? `${thing.title} is late: ${thing.heard}` : `${thing.title}: ${note.text}`, `#/device/${thing.key}`, note.kind)];
        });
    }

    ruleNeeds() {
        const interlocks = this.all('interlocks').flatMap(rule => {
            if (condition(rule, 'Latched')?.status === 'True') return [need(`${rule.metadata.name} is latched`, '#/rules', 'bad')];
            return isFalse(rule, 'Holding') ? [need(`${rule.metadata.name} is broken`, '#/rules', 'bad')] : [];
        });
        const others = [...this.all('reactions'), ...this.all('scalers')].flatMap(rule => (isFalse(rule, 'Ready')
            ? [need(`${rule.metadata.name}: ${condition(rule, 'Ready').message}`, '#/rules', 'wait')] : []));
        return [...interlocks, ...others];
    }

    workloadNeeds() {
        return this.workloads.filter(each => each.ready < each.wanted && each.stuck).map(each => need(`${each.name}: ${each.stuck}`, '#/workloads', 'bad'));
    }

    nodeNeeds() {
        return this.all('nodes').filter(node => (condition(node, 'Ready')?.status ?? 'True') !== 'True')
            .map(node => need(`${node.metadata.name} runs no containers: ${condition(node, 'Ready').message}`, '#/workloads', 'bad'));
    }

    get workloads() {
        const pods = this.all('pods');
        return ['deployments', 'statefulsets', 'daemonsets'].flatMap(kind => this.all(kind).map(object => workload(object, kind, pods, this)))
            .sort((a, b) => a.system - b.system || a.key.localeCompare(b.key));
    }

    // The scaler that decides how many there are.
    scalerOf(object, kind) {
        return this.all('scalers').find(scaler => {
            const target = scaler.spec.targetRef;
            const key = target.name.includes('/') ? target.name : `${scaler.metadata.namespace}/${target.name}`;
            return key === keyOf(object) && `${target.kind.toLowerCase()}s` === kind;
        });
    }
}

const need = (text, link, kind) => ({ text, link, kind });

function workload(object, kind, pods, home) {
    const labels = Object.entries(object.spec.selector?.matchLabels ?? {});
    const own = pods.filter(pod => pod.metadata.namespace === object.metadata.namespace && labels.length > 0
        && labels.every(([name, text]) => pod.metadata.labels?.[name] === text));
    const wanted = kind === 'daemonsets' ? object.status?.desiredNumberScheduled ?? 0 : object.spec.replicas ?? 1;
    return {
        object, kind, wanted, key: keyOf(object), name: object.metadata.name, namespace: object.metadata.namespace,
        pods: own.sort((a, b) => a.metadata.name.localeCompare(b.metadata.name)),
        ready: own.filter(pod => podState(pod).kind === 'ready').length,
        stuck: own.map(podState).find(state => state.kind === 'bad')?.text,
        scaler: home.scalerOf(object, kind),
        system: ['kube-system', 'oikos-system'].includes(object.metadata.namespace),
    };
}

const STUCK = ['CrashLoopBackOff', 'ErrImagePull', 'ImagePullBackOff', 'CreateContainerError', 'CreateContainerConfigError', 'RunContainerError', 'InvalidImageName'];

// { kind: ready | starting | bad | leaving | done, text }
export function podState(pod) {
    if (pod.metadata.deletionTimestamp) return { kind: 'leaving', text: 'stopping' };
    if (pod.status?.phase === 'Succeeded') return { kind: 'done', text: 'done' };
    if (pod.status?.phase === 'Failed') return { kind: 'bad', text: pod.status.message || pod.status.reason || 'failed' };
    for (const each of [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]) {
        const waiting = each.state?.waiting;
        if (waiting && STUCK.includes(waiting.reason)) return { kind: 'bad', text: waiting.message || plainReason(waiting.reason) };
    }
    const scheduled = condition(pod, 'PodScheduled');
    if (scheduled?.status === 'False') return { kind: 'bad', text: scheduled.message || 'finds no place' };
    if (condition(pod, 'Ready')?.status === 'True') return { kind: 'ready', text: 'ready' };
    return { kind: 'starting', text: 'starting' };
}

const plainReason = reason => reason.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

export const restarts = pod => (pod.status?.containerStatuses ?? []).reduce((sum, each) => sum + (each.restartCount ?? 0), 0);

export const verb = (property, on) => (property.name === 'on' ? `turning ${boolean('on', on)}` : `becoming ${boolean(property.name, on)}`);
