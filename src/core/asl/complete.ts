import type { Tree } from '../language/tree.ts';
import { completeYamlLine } from '../language/begunYaml.ts';
import type { At, Completion, NamesOf } from './completion/completion.ts';
import { expressionCompletions } from './completion/expressions.ts';
import { fieldCompletions } from './completion/fields.ts';
import { toHost } from './completion/hostWriting.ts';
import { parameterCompletions, parameterNameCompletions, parameterValueCompletions } from './completion/parameters.ts';
import { resourceCompletions } from './completion/resources.ts';
import { stateCompletions } from './completion/states.ts';
import { errorCompletions, valueCompletions } from './completion/values.ts';
import { cursorAt, isErrorEquals } from './cursor.ts';
import type { AslDefinition } from './definition.ts';
import type { Machine } from './model.ts';

export type { Completion, NamesOf } from './completion/completion.ts';

/** What may stand at the offset of a document that is being typed. */
export function completeDocument(definition: AslDefinition, offset: number, namesOf?: NamesOf): readonly Completion[] {
  const { tree, text, machine } = definition;
  const change = tree.format === 'yaml' ? completeYamlLine(text, offset) : undefined;
  if (change === undefined) return machine ? toHost(completeAt(machine, tree, offset, namesOf), tree) : [];
  // A mapping in YAML begins with its first name: only past that is the place inside it.
  const probe = change.text.startsWith('x:') ? offset + 1 : offset;
  const completed = definition.after(change, probe);
  if (!completed?.machine) return [];
  return completeAt(completed.machine, completed.tree, probe, namesOf).map((completion) => ({
    ...completion,
    start: Math.min(completion.start, change.offset),
    end: Math.min(completion.end, change.offset),
  }));
}

/**
 * What may stand at the offset: fields of the object and parameters of the service, whole states, names of states,
 * words of a choice, error names, resources, and inside expressions variables, functions and members.
 */
export function completeAt(machine: Machine, tree: Tree, offset: number, namesOf?: NamesOf): readonly Completion[] {
  const cursor = cursorAt(machine, offset);
  const at: At = { machine, tree, cursor, offset, namesOf };
  if (cursor.role === 'key' || cursor.role === 'gap') {
    return [...fieldCompletions(at), ...parameterCompletions(at), ...stateCompletions(at), ...listEntry(at)];
  }
  const expressions = expressionCompletions(at);
  if (cursor.role === 'item') return [...errorCompletions(at), ...expressions];
  return [
    ...valueCompletions(at),
    ...resourceCompletions(at),
    ...parameterNameCompletions(at),
    ...parameterValueCompletions(at),
    ...expressions,
  ];
}

/** In YAML, a begun entry of a list looks like a name. */
function listEntry(at: At): readonly Completion[] {
  const list = at.cursor.object?.parent;
  const isEntry = at.tree.format === 'yaml' && at.cursor.role === 'key' && list !== undefined && isErrorEquals(list);
  return isEntry ? errorCompletions(at, list) : [];
}
