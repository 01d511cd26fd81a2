// uPlot, loaded when the first chart is wanted. Gaps stay gaps, what is wanted is a step line, and what is stale goes on as dots.
import { html, noChange } from './lit-html/lit-html.js';
import { AsyncDirective } from './lit-html/async-directive.js';
import { directive } from './lit-html/directive.js';
import { now, number } from './words.js';

const FOLDER = new URL('.', import.meta.url).pathname;
const GAP_PERIODS = 5;
const GAP_MILLIS_MIN = 180_000;
const COLOURS = ['--line-1', '--line-2', '--line-3', '--line-4', '--line-5', '--line-6'];

const DARK = matchMedia('(prefers-color-scheme: dark)');

let library = null;

function load() {
    library ??= new Promise((done, failed) => {
        const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${FOLDER}uplot/uPlot.css` });
        const script = Object.assign(document.createElement('script'), { src: `${FOLDER}uplot/uPlot.js`, onload: () => done(window.uPlot), onerror: () => failed(new Error('the chart library did not come')) });
        document.head.append(style, script);
    });
    return library;
}

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// @param lines [{ thing, property, samples }], samples [millis, value] oldest first
export function plot(lines, millis, options = {}) {
    const label = lines.map(({ thing, property, samples }) => `${thing.title} ${property.name}: ${summary(samples, property)}`).join('; ');
    return html`<div class="plot ${options.small ? 'small' : ''}" role="img" aria-label=${label} ${drawn(lines, millis, options)}></div>`;
}

function summary(samples, property) {
    const values = samples.map(([, value]) => value);
    if (values.length === 0) return 'no readings';
    return `from ${number(Math.min(...values))} to ${number(Math.max(...values))} ${property.unit ?? ''}, now ${number(values.at(-1))}`;
}

const drawn = directive(class extends AsyncDirective {
    update(part, [lines, millis, options]) {
        const shape = lines.map(({ thing, property }) => `${thing.key}/${property.name}`).join() + millis + DARK.matches;
        this.lines = lines;
        this.millis = millis;
        if (shape !== this.shape) this.#rebuild(part.element, shape, options);
        else if (this.chart && this.lines.some((line, index) => line.samples !== this.seen[index])) this.#show();
        return noChange;
    }

    render() {
        return noChange;
    }

    async #rebuild(element, shape, options) {
        this.shape = shape;
        const UPlot = await load().catch(() => null);
        if (!UPlot) {
            library = this.shape = null;
            return;
        }
        if (!this.isConnected || this.shape !== shape) return;
        this.chart?.destroy();
        this.chart = new UPlot(settings(UPlot, this.lines, element, options), this.#data(), element);
        element.dataset.scheme = DARK.matches ? 'dark' : 'light';
        this.#follow(element, options);
    }

    #data() {
        this.seen = this.lines.map(line => line.samples);
        return joined(this.lines, now() - this.millis);
    }

    #show() {
        this.chart.setData(this.#data());
    }

    #follow(element, options) {
        this.resized?.disconnect();
        this.resized = new ResizeObserver(() => this.chart?.setSize({ width: element.clientWidth, height: heightOf(options) }));
        this.resized.observe(element);
    }

    disconnected() {
        this.resized?.disconnect();
        this.chart?.destroy();
        this.chart = null;
        this.shape = null;
    }
});

const heightOf = options => (options.small ? 170 : 340);

// One common time axis; null where a line has a gap, undefined where only another has a sample.
function joined(lines, from) {
    const times = new Set();
    const columns = lines.map(line => {
        const points = withGaps(line).filter(([time]) => time >= from);
        for (const [time] of points) times.add(time);
        return new Map(points);
    });
    const axis = [...times].sort((a, b) => a - b);
    return [axis.map(time => time / 1000), ...columns.map(column => axis.map(time => column.get(time))), ...lines.flatMap(line => wanted(line, axis))];
}

// Longer than the device promised and than it usually takes: history keeps fewer samples than memory.
function longestPause({ samples, property }) {
    const pauses = samples.slice(1).map(([time], index) => time - samples[index][0]).sort((a, b) => a - b);
    const usual = pauses[Math.floor(pauses.length / 2)] ?? 0;
    return Math.max(GAP_MILLIS_MIN, (property.expectedPeriodSeconds ?? 0) * 1000 * GAP_PERIODS, usual * GAP_PERIODS);
}

function withGaps(line) {
    const { samples, property } = line;
    const longest = longestPause(line);
    const points = [];
    for (const [time, value] of samples) {
        const before = points.at(-1);
        if (before && property.type === 'Number' && time - before[0] > longest) points.push([before[0] + 1, null]);
        points.push([time, value]);
    }
    return points;
}

const isWritable = ({ property }) => property.writable === true;

// What is wanted now, from when it was written.
function wanted(line, axis) {
    if (!isWritable(line)) return [];
    const raw = line.thing.wanted(line.property.name);
    const since = wantedSince(line.thing.device, line.property.name);
    return [axis.map(time => (raw === undefined || time < since ? null : Number(raw)))];
}

function wantedSince(device, name) {
    const written = (device.metadata.managedFields ?? []).filter(entry => entry.fieldsV1?.['f:spec']?.['f:desired']?.[`f:${name}`]).map(entry => Date.parse(entry.time));
    return written.length > 0 ? Math.max(...written) : Date.parse(device.metadata.creationTimestamp ?? 0);
}

function settings(UPlot, lines, element, options) {
    const scaleOf = ({ property }) => property.unit || property.type;
    const scales = [...new Set(lines.map(scaleOf))];
    const stepped = UPlot.paths.stepped({ align: 1 });
    const ink = colour('--soft'), grid = { stroke: colour('--line'), width: 1 };
    return {
        width: element.clientWidth, height: heightOf(options), ms: 1e-3,
        cursor: { drag: { x: true, y: false }, points: { size: 7 } },
        legend: { show: !options.small, live: true },
        scales: { x: { time: true }, ...Object.fromEntries(scales.map(scale => [scale, scale === 'Boolean' ? { range: [-0.1, 1.1] } : {}])) },
        axes: [{ stroke: ink, grid, ticks: { show: false }, font: '12px system-ui', values: hours },
            ...scales.slice(0, 2).map((scale, index) => axis(scale, index, ink, grid))],
        series: [{ value: (_, time) => (time ? new Date(time * 1000).toLocaleString('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' }) : '') },
            ...lines.map((line, index) => series(line, index, scaleOf(line), stepped)),
            ...lines.flatMap((line, index) => (isWritable(line) ? [wish(line, index, scaleOf(line), stepped)] : []))],
        hooks: { draw: [chart => lines.forEach((line, index) => line.thing.isLate && dots(chart, index + 1, colour(COLOURS[index % COLOURS.length])))] },
    };
}

const hours = (_, splits) => splits.map(time => new Date(time * 1000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }));

function axis(scale, index, ink, grid) {
    const values = scale === 'Boolean' ? (_, splits) => splits.map(split => ({ 0: 'off', 1: 'on' })[split] ?? '') : (_, splits) => splits.map(split => `${number(split)}`);
    return { scale, side: index === 0 ? 3 : 1, stroke: ink, grid: index === 0 ? grid : { show: false }, ticks: { show: false }, font: '12px system-ui', size: 48, values,
        label: ['Boolean', 'Enum'].includes(scale) ? undefined : scale, labelSize: 18, labelFont: '12px system-ui' };
}

const POINTS_SHOWN_MAX = 40;

// A few readings are easier to see as points too.
const isSparse = (chart, index) => chart.data[index].filter(value => value !== null && value !== undefined).length < POINTS_SHOWN_MAX;

function series({ thing, property }, index, scale, stepped) {
    const stroke = colour(COLOURS[index % COLOURS.length]);
    return { label: `${thing.title} ${property.name}`, scale, stroke, width: 2, spanGaps: false, points: { show: isSparse, size: 4, fill: stroke },
        paths: property.type === 'Number' ? undefined : stepped, value: (_, value) => (value === null || value === undefined ? '' : `${number(value)} ${property.unit ?? ''}`) };
}

const wish = ({ thing, property }, index, scale, stepped) => ({
    label: `${thing.title} ${property.name} wanted`, scale, stroke: colour(COLOURS[index % COLOURS.length]), width: 1.5, dash: [6, 4], paths: stepped, points: { show: false },
    value: (_, value) => (value === null || value === undefined ? '' : `${number(value)} ${property.unit ?? ''}`),
});

// From the last sample to now nothing is known: the last value goes on as dots.
function dots(chart, index, stroke) {
    const values = chart.data[index];
    const last = values.findLastIndex(value => value !== null && value !== undefined);
    if (last < 0) return;
    const y = chart.valToPos(values[last], chart.series[index].scale, true);
    const { ctx } = chart;
    ctx.save();
    ctx.strokeStyle = stroke;
    ctx.lineWidth = 2;
    ctx.setLineDash([2, 6]);
    ctx.beginPath();
    ctx.moveTo(chart.valToPos(chart.data[0][last], 'x', true), y);
    ctx.lineTo(chart.bbox.left + chart.bbox.width, y);
    ctx.stroke();
    ctx.restore();
}
