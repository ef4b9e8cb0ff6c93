import { buildMachine } from '../../../core/asl/build.ts';
import { hasPlaceholder } from '../../../core/asl/model.ts';
import { formatOf, parseTree } from '../../../core/language/edit.ts';
import { LineIndex } from '../../../core/language/lineIndex.ts';
import type { Node } from '../../../core/language/tree.ts';

/** Where a state stands in a definition, and what it is compared by. */
export interface StatePlace {
  readonly name: string;
  readonly type: string | undefined;
  /** Line of the state's key, from 0. */
  readonly line: number;
  /** States that a Choice may lead to. */
  readonly choices: readonly string[];
  /** Its own fields in one form whatever their order and layout; undefined where placeholders stand for some. */
  readonly fingerprint: string | undefined;
}

/** The states of a definition in JSON or YAML, nested ones included; none where the text cannot be read. */
export function locateStates(text: string, fileName: string): readonly StatePlace[] {
  const { root } = parseTree(text, formatOf(text, { fileName }));
  if (root.kind !== 'object') return [];
  const lines = LineIndex.of(text);
  return buildMachine(root, {}).states.map(({ name, type, key, node, transitions }) => {
    const own = text.slice(node.start, node.end);
    return {
      name,
      type,
      line: lines.positionAt(key.start).line,
      choices: type === 'Choice' ? transitions.flatMap(({ target }) => target ?? []) : [],
      fingerprint: hasPlaceholder(own) ? undefined : canonical(node),
    };
  });
}

/** Inner states are places of their own, so they are left out of the state around them. */
function canonical(node: Node): string {
  switch (node.kind) {
    case 'object':
      return `{${node.properties
        .filter(({ key }) => key.value !== 'States' && key.value !== 'Comment')
        .map(({ key, value }) => `${JSON.stringify(key.value)}:${canonical(value)}`)
        .sort()
        .join(',')}}`;
    case 'array':
      return `[${node.items.map(canonical).join(',')}]`;
    case 'string':
    case 'number':
    case 'boolean':
      return JSON.stringify(node.value);
    case 'null':
      return 'null';
    case 'unknown':
      return '?';
  }
}
