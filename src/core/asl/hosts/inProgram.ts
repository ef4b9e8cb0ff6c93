import type { ProgramFile } from '../../language/hosts/host.ts';
import type { Node, StringNode } from '../../language/tree.ts';
import { childrenOf } from '../../language/treeQueries.ts';
import type { FoundDefinition } from './found.ts';

/** Object literals with `StartAt` and `States`, and JSON texts with both, in the order of the text. */
export function definitionsInProgram({ objects, texts, language }: ProgramFile): FoundDefinition[] {
  const found: FoundDefinition[] = [];
  const place = { name: '', machineType: undefined, substitutions: undefined };
  const look = (node: Node): void => {
    if (node.kind === 'string' && isDefinitionText(node)) {
      found.push({ ...place, place: { kind: 'text', string: node, syntax: language } });
    } else if (node.kind === 'object' && node.has('StartAt') && node.has('States')) {
      // The processor of a Map that was given a name is no machine by itself.
      if (!node.has('ProcessorConfig')) found.push({ ...place, place: { kind: 'object', node, syntax: language } });
    } else if (node.kind === 'object' || node.kind === 'array') for (const child of childrenOf(node)) look(child);
  };
  for (const node of [...objects, ...texts].sort((a, b) => a.start - b.start)) look(node);
  return found;
}

/** A text that some function fills in by itself (`{{`, `%s`, `"$name"`, `{% if`) is no JSON yet. */
function isDefinitionText({ value }: StringNode): boolean {
  const isJson = /^\s*\{\s*"/.test(value) && value.includes('"StartAt"') && value.includes('"States"');
  return isJson && !FILLED_IN.test(value);
}

/** `%s` and `%(name)s` of Python, `"$name"` of its Template, statements of Jinja. */
const FILLED_IN =
  /%(?:\(\w+\))?[sdr]\b|"\$[A-Za-z_]\w*"|\{%-?\s*(?:if|for|set|else|elif|macro|include|raw|block|end\w+)\b[^"$]*%\}/;
