import { ERROR_NAMES } from '../errorNames.ts';
import { isErrorEquals } from '../cursor.ts';
import { QUERY_LANGUAGES, STATE_TYPES } from '../model.ts';
import { resourceOf } from '../rules/task/subject.ts';
import { SERVICE_ERRORS } from '../serviceErrors.ts';
import { spanOf, writeText, type At, type Completion } from './completion.ts';

/** States of the scope, words of a choice, true and false: what is written as a whole value. */
export function valueCompletions(at: At): readonly Completion[] {
  const { property, field, shape, state, scope } = at.cursor;
  const name = property?.key.value;
  if (name === undefined) return [];
  if (name === 'Type' && state && at.cursor.object === state.node) return words(STATE_TYPES, 'state type', at);
  if (name === 'QueryLanguage' && shape) return words(QUERY_LANGUAGES, 'query language', at);
  const isTransition = shape !== undefined && ['Next', 'Default', 'StartAt'].includes(name);
  if (isTransition && scope) {
    const own = name === 'StartAt' ? undefined : state;
    return scope.states
      .filter((candidate) => candidate !== own)
      .map((candidate) => ({
        label: candidate.name,
        kind: 'state' as const,
        detail: candidate.type ?? '',
        documentation: '',
        insert: writeText(candidate.name, at),
        isSnippet: false,
        ...spanOf(at),
      }));
  }
  if (name === 'End' || field?.value.kind === 'boolean') return bareWords(['true', 'false'], at);
  return field?.value.kind === 'word' ? words(field.value.words, '', at) : [];
}

/** Names of errors in an ErrorEquals: the reserved ones, and those of the service that the Task calls. */
export function errorCompletions(at: At, list = at.cursor.node.parent): readonly Completion[] {
  if (list === undefined || !isErrorEquals(list)) return [];
  const { state } = at.cursor;
  const resource = state && resourceOf(state)?.resource;
  const service = resource === undefined || !('service' in resource) ? resource?.kind : resource.service;
  const own = service !== undefined && Object.hasOwn(SERVICE_ERRORS, service) ? SERVICE_ERRORS[service] : undefined;
  return Object.entries({ ...own, ...ERROR_NAMES }).map(([label, documentation]) => ({
    label,
    kind: 'error' as const,
    detail: 'error name',
    documentation,
    insert: writeText(label, at),
    isSnippet: false,
    ...spanOf(at),
  }));
}

function words(labels: readonly string[], detail: string, at: At): readonly Completion[] {
  return labels.map((label) => ({
    label,
    kind: 'word' as const,
    detail,
    documentation: '',
    insert: writeText(label, at),
    isSnippet: false,
    ...spanOf(at),
  }));
}

/** Words that are no strings: `true`. */
export function bareWords(labels: readonly string[], at: At): readonly Completion[] {
  return labels.map((label) => ({
    label,
    kind: 'word' as const,
    detail: '',
    documentation: '',
    insert: label,
    isSnippet: false,
    ...spanOf(at),
  }));
}
