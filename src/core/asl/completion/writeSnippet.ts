import { escapeSnippet } from './completion.ts';
import type { SnippetStates, SnippetValue } from './snippetParts.ts';

/** The states as snippet text in JSON, properties without braces around. `indent` is one step of indentation. */
export function writeJsonSnippet(states: SnippetStates, indent: string): string {
  return Object.entries(states)
    .map(([name, state]) => toSnippet(`${JSON.stringify(name)}: ${JSON.stringify(state, undefined, indent)}`))
    .join(',\n');
}

/** The same as YAML block mappings. */
export function writeYamlSnippet(states: SnippetStates, indent: string): string {
  return toSnippet(yamlMapping(states, indent).join('\n'));
}

/** Tab stops in a written text become those of a snippet; all else stands for itself. */
function toSnippet(text: string): string {
  return text
    .split(/("?«\d+#\d+»"?|«\d+(?:[:|][^»]*)?»)/)
    .map((part, index) => {
      if (index % 2 === 0) return escapeSnippet(part);
      const stop = /«(\d+)([:|#]?)([^»]*)»/.exec(part);
      const [, number = '0', kind = '', value = ''] = stop ?? [];
      return kind === '|' ? `\${${number}|${value}}` : `\${${number}:${escapeSnippet(value)}}`;
    })
    .join('');
}

function yamlMapping(value: { readonly [name: string]: SnippetValue }, indent: string): string[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const key = /^(?:[\w.]|--|«\d+:|»)+$/.test(name) || !/[^\w.«»:$-]/.test(name) ? name : JSON.stringify(name);
    return yamlEntry(`${key}:`, inner, indent);
  });
}

function yamlEntry(head: string, value: SnippetValue, indent: string): string[] {
  if (Array.isArray(value)) return [head, ...yamlList(value as readonly SnippetValue[], indent)];
  if (typeof value === 'object') {
    return [head, ...yamlMapping(value as SnippetStates, indent).map((line) => `${indent}${line}`)];
  }
  return [`${head} ${yamlScalar(value)}`];
}

function yamlList(items: readonly SnippetValue[], indent: string): string[] {
  return items.flatMap((item) => {
    if (typeof item !== 'object') return [`${indent}- ${yamlScalar(item)}`];
    const lines = yamlMapping(item as SnippetStates, indent);
    return lines.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`);
  });
}

function yamlScalar(value: string | number | boolean): string {
  if (typeof value !== 'string' || /^«\d+#\d+»$/.test(value)) return String(value);
  return /^[\w$«][\w$./,|«»*() -]*$/.test(value) || /^(?:«\d+:)?(?:arn|s3):[^\s#]*$/.test(value)
    ? value
    : JSON.stringify(value);
}
