import type { ObjectNode } from '../../language/tree.ts';
import { propertyOf } from '../../language/treeQueries.ts';
import type { Cursor } from '../cursor.ts';
import { optimizedAction } from '../integrations/optimized.ts';
import { parseResource } from '../integrations/resource.ts';
import { MEMBER_KINDS, sdkActions, type ApiMember, type MemberKind } from '../integrations/sdk.ts';
import { isValueMissing, escapeSnippet, spanOf, writeText, type At, type Completion } from './completion.ts';
import { bareWords } from './values.ts';

/** What a service takes. */
export interface TakenParameters {
  /** `glue:startJobRun`. */
  readonly title: string;
  readonly members: readonly ApiMember[];
}

/** What the object around takes where it is the Parameters or Arguments of a Task, a reader or a writer. */
export function parametersAt({ object, state }: Pick<Cursor, 'object' | 'state'>): TakenParameters | undefined {
  const owner = object?.parent;
  if (object === undefined || owner?.kind !== 'object' || state === undefined) return undefined;
  const name = propertyOf(object)?.key.value;
  if (name !== 'Parameters' && name !== 'Arguments') return undefined;
  return takenBy(owner);
}

/** What the object's Resource takes. */
export function takenBy(owner: ObjectNode): TakenParameters | undefined {
  const node = owner.get('Resource');
  const resource = node?.kind === 'string' ? parseResource(node.value) : undefined;
  if (resource?.kind !== 'optimized' && resource?.kind !== 'sdk') return undefined;
  const { service, action } = resource;
  const title = `${service}:${action}`;
  const sdk = resource.kind === 'sdk' || service === 's3';
  const members = sdk ? sdkActions(service)?.get(action)?.members : optimizedAction(service, action)?.parameters;
  return members && { title, members };
}

/** Parameters that are not there yet; in JSONPath each also as a path. */
export function parameterCompletions(at: At): readonly Completion[] {
  const { object, state, role, property } = at.cursor;
  const taken = parametersAt(at.cursor);
  if (!taken || !object || (role !== 'key' && role !== 'gap')) return [];
  const isNew = role === 'gap' || isValueMissing(property?.value);
  const begun = property?.key.value;
  const isThere = (name: string): boolean =>
    [name, `${name}.$`].some((spelling) => spelling !== begun && object.has(spelling));
  const free = taken.members.filter(({ name }) => !isThere(name));
  const sorted = [...free.filter(({ isRequired }) => isRequired), ...free.filter(({ isRequired }) => !isRequired)];
  const toCompletion = (member: ApiMember, asPath: boolean): Completion => {
    const label = asPath ? `${member.name}.$` : member.name;
    const value = asPath ? '"\\$.$1"' : parameterSnippet(member.kind, 1);
    const key = writeText(label, { ...at, cursor: { ...at.cursor, node: object } });
    return {
      label,
      kind: 'parameter',
      detail: `${asPath ? 'path to ' : ''}${MEMBER_KINDS[member.kind]}${member.isRequired ? ', required' : ''}`,
      documentation: `Parameter of \`${taken.title}\`.`,
      insert: isNew ? `${escapeSnippet(key)}: ${at.tree.format === 'yaml' ? '' : value}` : writeText(label, at),
      isSnippet: isNew,
      ...(role === 'key' ? spanOf(at) : { start: at.offset, end: at.offset }),
    };
  };
  const literal = sorted.map((member) => toCompletion(member, false));
  return state?.isJsonata === true ? literal : [...literal, ...sorted.map((member) => toCompletion(member, true))];
}

/** true and false where the parameter takes them. */
export function parameterValueCompletions(at: At): readonly Completion[] {
  const name = at.cursor.property?.key.value;
  const member = parametersAt(at.cursor)?.members.find((candidate) => candidate.name === name);
  return member?.kind === 'b' ? bareWords(['true', 'false'], at) : [];
}

/** Names that the account has, where the parameter takes one. */
export function parameterNameCompletions(at: At): readonly Completion[] {
  const { namesOf, cursor } = at;
  const parameter = cursor.property?.key.value;
  const owner = cursor.object?.parent;
  const resource = owner?.kind === 'object' ? owner.get('Resource') : undefined;
  const called = resource?.kind === 'string' ? parseResource(resource.value) : undefined;
  if (namesOf === undefined || parameter === undefined || parametersAt(cursor) === undefined) return [];
  if (called?.kind !== 'optimized' && called?.kind !== 'sdk') return [];
  const { service, action } = called;
  const typed = cursor.node.kind === 'string' ? cursor.node.value : '';
  return namesOf({ service, action, parameter }, typed).map(({ name, written, detail }) => ({
    label: name,
    kind: 'word' as const,
    detail,
    documentation: '',
    insert: writeText(written, at),
    isSnippet: false,
    ...spanOf(at),
    ...(written !== name && { filter: typed.startsWith('arn:') || typed.startsWith('http') ? written : name }),
  }));
}

/** A value of the kind to fill in, at the tab stop of this number. */
export function parameterSnippet(kind: MemberKind, stop: number): string {
  switch (kind) {
    case 'n':
      return `\${${stop}:0}`;
    case 'b':
      return `\${${stop}|true,false|}`;
    case 'l':
      return `[$${stop}]`;
    case 'o':
      return `{$${stop}}`;
    default:
      return `"$${stop}"`;
  }
}
