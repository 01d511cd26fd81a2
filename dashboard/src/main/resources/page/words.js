// How values and times read to a person.

let offset = 0;

// The home's clock counts: a tablet's may be wrong.
export function setHomeTime(iso) {
    offset = Date.parse(iso) - Date.now();
}

export const now = () => Date.now() + offset;

const BOOLEANS = {
    on: ['on', 'off'], open: ['open', 'closed'], wet: ['wet', 'dry'], running: ['running', 'idle'], locked: ['locked', 'unlocked'],
    occupied: ['occupied', 'empty'], motion: ['motion', 'still'], contact: ['closed', 'open'], compressor: ['running', 'resting'],
    smoke: ['smoke', 'clear'], armed: ['armed', 'disarmed'],
};

export function boolean(name, value) {
    const [yes, no] = BOOLEANS[name] ?? ['yes', 'no'];
    return value ? yes : no;
}

export function capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

export const plain = name => name.replace(/[-_.]+/g, ' ');

export function number(value) {
    const size = Math.abs(value);
    const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 2 ? 1 : 3;
    return value.toLocaleString('en', { maximumFractionDigits: digits, useGrouping: size >= 10_000 });
}

// A value of a property as { text, unit }.
export function parts(property, value) {
    if (value === undefined || value === null) return { text: 'not heard yet', unit: '' };
    if (typeof value === 'boolean') return { text: boolean(property.name, value), unit: '' };
    if (typeof value === 'number') return { text: number(value), unit: property.unit ?? '' };
    return { text: String(value), unit: '' };
}

export function value(property, raw) {
    const { text, unit } = parts(property, raw);
    return unit ? `${text} ${unit}` : text;
}

// 12 s, 4 min, 3 h, 2 d
export function duration(millis) {
    const seconds = Math.max(0, Math.round(millis / 1000));
    if (seconds < 100) return `${seconds} s`;
    if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
    if (seconds < 129_600) return `${Math.round(seconds / 3_600)} h`;
    return `${Math.round(seconds / 86_400)} d`;
}

export const age = iso => duration(now() - Date.parse(iso));
export const ago = iso => (now() - Date.parse(iso) < 2_000 ? 'just now' : `${age(iso)} ago`);

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

export const clock = iso => CLOCK.format(new Date(iso));

export function day(millis) {
    const midnight = new Date(now()).setHours(0, 0, 0, 0);
    if (millis >= midnight) return 'Today';
    if (millis >= midnight - 86_400_000) return 'Yesterday';
    return DAY.format(millis);
}

// Instants inside a sentence of the gateway, as a clock.
export const humane = sentence => sentence.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, clock);

const COUNTS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];

export const count = amount => COUNTS[amount] ?? String(amount);

export const bytes = amount => (amount >= 2 ** 30 ? `${(amount / 2 ** 30).toFixed(1)} GB` : `${Math.round(amount / 2 ** 20)} MB`);
