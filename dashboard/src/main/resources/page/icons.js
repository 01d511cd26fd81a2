// Line icons on a grid of 24, drawn for this page.
import { html, svg, nothing } from './lit-html/lit-html.js';

const PATHS = {
    Light: 'M9 17h6M10 20h4M8 13.5a5.5 5.5 0 1 1 8 0c-.7.8-1 1.6-1 2.5H9c0-.9-.3-1.7-1-2.5Z',
    Switch: 'M12 4v7M7.5 6.8a7 7 0 1 0 9 0',
    Valve: 'M3 16h4l2-3h6l2 3h4M12 13V8M8 8h8M9 19h6',
    Sensor: 'M12 12h.01M8.5 15.5a5 5 0 0 1 0-7M15.5 8.5a5 5 0 0 1 0 7M5.6 18.4a9 9 0 0 1 0-12.8M18.4 5.6a9 9 0 0 1 0 12.8',
    Leak: 'M12 4c3.2 3.8 5 6.5 5 9a5 5 0 0 1-10 0c0-2.5 1.8-5.2 5-9ZM9.8 13.5a2.3 2.3 0 0 0 2 2',
    Meter: 'M5 18a8.5 8.5 0 1 1 14 0M12 14l3.5-4.5M12 14h.01M7 10.5h.01M12 8h.01',
    Fridge: 'M7 3.5h10a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1ZM6 10h12M9 6v1.5M9 12.5V15',
    Appliance: 'M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1ZM4 8h16M7 6h.01M10 6h.01M12 18a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM9 14.3c1-.8 2 .8 3 0s2-.8 3 0',
    Heater: 'M7 20h10M8.5 16c-1.5-2 1.5-3 0-5.5s1.5-3.5 0-5.5M12 16c-1.5-2 1.5-3 0-5.5s1.5-3.5 0-5.5M15.5 16c-1.5-2 1.5-3 0-5.5s1.5-3.5 0-5.5',
    Cooler: 'M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9M9.5 4.5 12 6.5l2.5-2M9.5 19.5l2.5-2 2.5 2',
    Vessel: 'M8 3h8M9 3v4.5c-2.5 1-4 3-4 6V19a1.5 1.5 0 0 0 1.5 1.5h11A1.5 1.5 0 0 0 19 19v-5.5c0-3-1.5-5-4-6V3M5.2 13c2.3-1.3 4.5 1.3 6.8 0s4.5-1.3 6.8 0M10 17h.01M14 16h.01',
    Lock: 'M7 11h10a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 15v1.5',
    Cover: 'M4 4h16M6 4v12h12V4M6 8h12M6 12h12M12 16v3.5',
    Camera: 'M4 7.5h9a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5H4ZM14.5 11 20 8v8l-5.5-3',
    Other: 'M12 3.5 19.5 8v8L12 20.5 4.5 16V8ZM4.5 8 12 12.3 19.5 8M12 12.3v8.2',
    home: 'M4 11.5 12 4.5l8 7M6.5 10v9.5h11V10M10.5 19.5v-5h3v5',
    workloads: 'M4 7l8-3.5L20 7l-8 3.5ZM4 12l8 3.5 8-3.5M4 16.5 12 20l8-3.5',
    rules: 'M5 5h6v5H5ZM13 14h6v5h-6ZM8 10v3a3.5 3.5 0 0 0 3.5 3.5H13M14 7.5h5M16.5 5v5',
    story: 'M6 4h12a1 1 0 0 1 1 1v15l-3-2-4 2-4-2-3 2V5a1 1 0 0 1 1-1ZM9 8.5h6M9 12h6',
    charts: 'M4 4v16h16M7.5 14.5l3.5-4 3 2.5L19 7.5',
    more: 'M6 12h.01M12 12h.01M18 12h.01',
    close: 'M6 6l12 12M18 6 6 18',
    warning: 'M12 4.5 20.5 19h-17ZM12 10v4M12 16.5h.01',
    check: 'M5 12.5 10 17 19 7.5',
    clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 8v4l2.5 2',
    shield: 'M12 3.5 19 6v6c0 4-2.8 7-7 8.5C7.8 19 5 16 5 12V6Z',
    bolt: 'M13 3 5.5 13.5H12L11 21l7.5-10.5H12Z',
    scale: 'M4 20V9h4v11ZM10 20V4h4v16ZM16 20v-7h4v7Z',
    person: 'M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5 20c.6-3.8 3.4-6 7-6s6.4 2.2 7 6',
    bell: 'M6 16.5h12c-1.2-1.3-1.5-2.7-1.5-5.5a4.5 4.5 0 0 0-9 0c0 2.8-.3 4.2-1.5 5.5ZM10.5 19.5h3',
    play: 'M8 5.5v13l10.5-6.5Z',
};

export function icon(name) {
    return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${svg`<path d=${PATHS[name] ?? PATHS.Other}></path>`}</svg>`;
}

export const when = (condition, template) => (condition ? template() : nothing);
