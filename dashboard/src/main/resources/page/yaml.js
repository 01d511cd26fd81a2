// An object as YAML, as kubectl would show it.

const PLAIN = /^[A-Za-z_/][\w ./()%°-]*$/;
const RESERVED = /^(true|false|null|yes|no|on|off|y|n|~)$/i;

function scalar(value) {
    if (typeof value !== 'string') return String(value);
    return PLAIN.test(value) && !RESERVED.test(value) && !value.endsWith(' ') ? value : JSON.stringify(value);
}

export function yaml(value, indent = '') {
    if (Array.isArray(value)) return value.length ? value.map(item => `${indent}- ${yaml(item, `${indent}  `).trimStart()}`).join('\n') : `${indent}[]`;
    if (value && typeof value === 'object') {
        const members = Object.entries(value);
        return members.length ? members.map(([name, member]) => entry(name, member, indent)).join('\n') : `${indent}{}`;
    }
    return indent + scalar(value);
}

function entry(name, member, indent) {
    const nested = member && typeof member === 'object' && Object.keys(member).length > 0;
    if (!nested) return `${indent}${scalar(name)}: ${yaml(member)}`;
    return `${indent}${scalar(name)}:\n${yaml(member, Array.isArray(member) ? indent : `${indent}  `)}`;
}

export function shown(object) {
    const { managedFields, ...metadata } = object.metadata;
    return yaml({ apiVersion: object.apiVersion, kind: object.kind, ...object, metadata });
}
