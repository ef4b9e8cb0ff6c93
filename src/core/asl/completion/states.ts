import { propertyOf } from '../../language/treeQueries.ts';
import { indentUnit } from '../../language/write.ts';
import { isValueMissing, spanOf, type At, type Completion } from './completion.ts';
import { STATE_SNIPPETS } from './stateSnippets.ts';
import { writeJsonSnippet, writeYamlSnippet } from './writeSnippet.ts';

/** Whole states, where the name of a new state is due: in the States of a scope. */
export function stateCompletions(at: At): readonly Completion[] {
  const { object, role, property } = at.cursor;
  const holder = object?.parent;
  const isStates = object !== undefined && propertyOf(object)?.key.value === 'States' && holder?.kind === 'object';
  const scope = isStates ? at.machine.scopes.find(({ node }) => node === holder) : undefined;
  const isNew = role === 'gap' || (role === 'key' && isValueMissing(property?.value));
  if (scope === undefined || !isNew) return [];
  const language = at.machine.queryLanguage;
  const unit = indentUnit(at.tree.text);
  const span = role === 'key' ? spanOf(at) : { start: at.offset, end: at.offset };
  return STATE_SNIPPETS.map(({ title, doc, states }) => ({
    label: title,
    kind: 'snippet',
    detail: `whole states, ${language}`,
    documentation: doc,
    insert:
      at.tree.format === 'yaml' ? writeYamlSnippet(states[language], unit) : writeJsonSnippet(states[language], unit),
    isSnippet: true,
    ...span,
  }));
}
