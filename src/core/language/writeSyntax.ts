import type { Tree, TreePart } from './tree.ts';

/** How names, values and what is between them are spelled. */
export type Syntax = TreePart['syntax'];

/** The syntax that a tree's nodes are written in. */
export function syntaxOf({ format, part }: Tree): Syntax {
  return part?.syntax ?? format;
}

/**
 * `value` in the quotes that `source`, the text it replaces, has. Undefined where the source is more than one plain
 * literal, so that what it is put together from would be lost.
 */
export function writeString(value: string, source: string, syntax: Syntax): string | undefined {
  switch (syntax) {
    case 'json':
      return JSON.stringify(value);
    case 'yaml':
      if (source.startsWith('"')) return JSON.stringify(value);
      if (source.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
      return isPlainYaml(value) ? value : JSON.stringify(value);
    case 'python':
      return isOneLiteral(source) ? quoted(value, source) : undefined;
    case 'javascript':
      if (/^[\w$]*$/.test(source) && source !== '' && /^[A-Za-z_$][\w$]*$/.test(value)) return value;
      return isOneLiteral(source) || /^[\w$]*$/.test(source) ? quoted(value, source) : undefined;
    case 'terraform':
      if (/^\w+$/.test(source) && /^[A-Za-z_]\w*$/.test(value)) return value;
      return /^(?:"(?:[^"\\$%]|\\.|[$%](?!\{))*"|\w*)$/.test(source) ? terraformText(value) : undefined;
  }
}

/** The name of a new property, written like that of its sibling. */
export function writeKey(name: string, sibling: string, syntax: Syntax): string {
  const written = writeString(name, syntax === 'terraform' && sibling === '' ? 'x' : sibling, syntax);
  return `${written ?? JSON.stringify(name)}${syntax === 'terraform' ? ' = ' : ': '}`;
}

/** A value as JSON has it, in the words of the syntax; further lines begin with `indent`, `unit` is one step more. */
export function writeValue(
  value: unknown,
  syntax: Exclude<Syntax, 'yaml'>,
  { indent, unit, sibling }: { readonly indent: string; readonly unit: string; readonly sibling: string },
): string {
  const inner = { indent: `${indent}${unit}`, unit, sibling };
  if (typeof value === 'string') return writeString(value, sibling.startsWith("'") ? "''" : '""', syntax) ?? '""';
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const items = value.map((item: unknown) => `${inner.indent}${writeValue(item, syntax, inner)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([name, item]) => `${inner.indent}${writeKey(name, sibling, syntax)}${writeValue(item, syntax, inner)}`,
    );
    if (entries.length === 0) return '{}';
    return `{\n${entries.join(syntax === 'terraform' ? '\n' : ',\n')}\n${indent}}`;
  }
  return syntax === 'python' ? pythonWord(value) : JSON.stringify(value);
}

/** Whether YAML reads the text, written without quotes, as this very string, as a key or as a value. */
export function isPlainYaml(value: string): boolean {
  return (
    /^(?:--)?[\p{L}_/][\p{L}\p{N}_./ -]*$/u.test(value) &&
    !/\s$/.test(value) &&
    !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value)
  );
}

function isOneLiteral(source: string): boolean {
  return source === '' || /^(?:"(?!"")(?:[^"\\\n]|\\.)*"|'(?!'')(?:[^'\\\n]|\\.)*')$/.test(source);
}

function quoted(value: string, source: string): string {
  const text = JSON.stringify(value);
  if (!source.startsWith("'")) return text;
  return `'${text.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function terraformText(value: string): string {
  return JSON.stringify(value).replaceAll('${', '$${').replaceAll('%{', '%%{');
}

function pythonWord(value: unknown): string {
  if (value === true) return 'True';
  if (value === false) return 'False';
  return value === null ? 'None' : JSON.stringify(value);
}
