import { parseCondition } from './condition.ts';

const selector = /\$(?:\.[\w-]+|\[\d+\]|\[\*\]|\['[^']*'\]|\["[^"]*"\])+/;

/** Reads `{ $.level = "ERROR" && $.rows > 10 }`; a message that is no JSON object or array does not match. */
export function parseJsonPattern(text: string): (message: string) => boolean {
  const condition = parseCondition(text, selector);
  return (message) => {
    const content = parse(message);
    return content !== undefined && condition((path) => select(content, path));
  };
}

function parse(message: string): object | undefined {
  if (!/^\s*[{[]/.test(message)) return undefined;
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The value at a selector; `[*]` takes the first element. */
function select(content: unknown, path: string): unknown {
  let value = content;
  for (const [, name, index, quoted] of path.matchAll(/\.([\w-]+)|\[(\d+|\*)\]|\[["']([^"']*)["']\]/g)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const key = name ?? quoted ?? (index === '*' ? '0' : (index ?? ''));
    value = Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  }
  return value;
}
