import { isPlainYaml } from './writeSyntax.ts';

/**
 * A value as YAML in block style. Its first line begins where it is put, further ones with `indent`; `unit` is one step
 * more. Scalars and empty containers take one line.
 */
export function writeYaml(
  value: unknown,
  { indent, unit }: { readonly indent: string; readonly unit: string },
): string {
  if (!hasLines(value)) return scalar(value);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => `- ${writeYaml(item, { indent: `${indent}  `, unit })}`);
    return items.join(`\n${indent}`);
  }
  const entries = Object.entries(value).map(([name, item]: [string, unknown]) => {
    const key = isPlainYaml(name) ? name : JSON.stringify(name);
    return `${key}:${writeYamlAfterKey(item, { indent, unit })}`;
  });
  return entries.join(`\n${indent}`);
}

/** What follows the colon of a name that stands at `indent`. */
export function writeYamlAfterKey(
  value: unknown,
  { indent, unit }: { readonly indent: string; readonly unit: string },
): string {
  if (!hasLines(value)) return ` ${scalar(value)}`;
  const inner = `${indent}${unit}`;
  return `\n${inner}${writeYaml(value, { indent: inner, unit })}`;
}

function hasLines(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function scalar(value: unknown): string {
  return typeof value === 'string' && isPlainYaml(value) ? value : JSON.stringify(value);
}
