/** XML that can be serialised: text, or elements by name; an array repeats its element, undefined leaves it out. */
export type XmlValue =
  string | number | boolean | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue };

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text that is safe inside an element or attribute; control characters become character references. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => entities[character] ?? character)
    .replace(/[\u0000-\u001f]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
}

/** A document with one root element. */
export function toXml(root: string, value: XmlValue, namespace?: string): string {
  const open = namespace === undefined ? root : `${root} xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${open}>${content(value)}</${root}>`;
}

function content(value: XmlValue): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .map(([name, entry]: [string, XmlValue]) => element(name, entry))
    .join('');
}

function element(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((entry: XmlValue) => element(name, entry)).join('');
  return `<${name}>${content(value)}</${name}>`;
}

/** One element of a parsed document. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const maxDepth = 32;

/** Reads the small documents that S3 clients send (no DTD, attributes are skipped); undefined where it is not XML. */
export function parseXml(text: string): XmlElement | undefined {
  const pattern = /<(\/?)([A-Za-z_][\w.-]*(?::[\w.-]+)?)((?:\s[^<>]*?)?)(\/?)>|<\?[^>]*\?>|<!--[\s\S]*?-->/g;
  const top: { name: string; text: string; children: XmlElement[] } = { name: '', text: '', children: [] };
  const stack = [top];
  let position = 0;
  for (const match of text.matchAll(pattern)) {
    const between = decode(text.slice(position, match.index));
    const current = stack.at(-1);
    if (between === undefined || !current) return undefined;
    current.text += between;
    position = match.index + match[0].length;
    const name = match[2]?.replace(/^.*:/, '');
    if (name === undefined) continue;
    if (match[1] === '/') {
      if (current.name !== name || stack.length === 1) return undefined;
      stack.pop();
      continue;
    }
    const child = { name, text: '', children: [] };
    current.children.push(child);
    if (match[4] !== '/') stack.push(child);
    if (stack.length > maxDepth) return undefined;
  }
  const rest = text.slice(position).trim();
  return stack.length === 1 && rest === '' && top.text.trim() === '' && top.children.length === 1
    ? top.children[0]
    : undefined;
}

function decode(text: string): string | undefined {
  if (text.includes('<')) return undefined;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g,
    (whole, hex?: string, decimal?: string, word?: string) => {
      if (word !== undefined) return named[word] ?? whole;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
