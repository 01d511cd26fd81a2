// Which tiles are on the screen, or nearly: only theirs are readings asked for.
import { noChange } from './lit-html/lit-html.js';
import { AsyncDirective } from './lit-html/async-directive.js';
import { directive } from './lit-html/directive.js';

const AHEAD = '300px';
const inSight = new Set();
const arrivals = new WeakMap();

const observer = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
        const { key, arrived } = arrivals.get(target);
        if (!isIntersecting) inSight.delete(key);
        else if (!inSight.has(key)) {
            inSight.add(key);
            arrived();
        }
    }
}, { rootMargin: AHEAD });

export const isInSight = key => inSight.has(key);

// @param arrived called when the element comes into sight
export const sight = directive(class extends AsyncDirective {
    update(part, [key, arrived]) {
        arrivals.set(part.element, { key, arrived });
        if (this.element !== part.element) observer.observe(part.element);
        this.element = part.element;
        this.key = key;
        return noChange;
    }

    render() {
        return noChange;
    }

    disconnected() {
        observer.unobserve(this.element);
        inSight.delete(this.key);
    }

    reconnected() {
        observer.observe(this.element);
    }
});
