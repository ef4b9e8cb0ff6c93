import type { AslDefinition } from '../asl/index.ts';
import { parseResource } from '../asl/integrations/resource.ts';
import type { State } from '../asl/index.ts';
import { samplesIn } from '../language/arn.ts';
import { isOpaque } from '../language/placeholders.ts';
import type { Node, ObjectNode, StringNode } from '../language/tree.ts';
import { resourceOfArn, resourceOfText, type NamedResource, type ResourceKind } from './kinds.ts';
import { isMaking, kindOfParameter } from './parameterKinds.ts';

/** A place that names something of an account. */
export interface Mention extends NamedResource {
  readonly node: StringNode;
  /** The kind that is due here; another one than `kind` where an ARN names something else. */
  readonly due: ResourceKind;
  /** The arguments that a start of a job passes, where they stand beside it. */
  readonly given?: readonly StringNode[];
  /** The service that has to be able to assume the role: `glue.amazonaws.com`. */
  readonly service?: string;
}

/** What the Tasks of a definition name by a literal, apart from what they make themselves. */
export function mentionsInDefinition({ machine }: Pick<AslDefinition, 'machine'>): readonly Mention[] {
  const found: Mention[] = [];
  const made = new Set<string>();
  for (const state of machine?.states ?? []) {
    // Another account's role acts there: its names are that account's.
    if (state.node.has('Credentials')) continue;
    if (state.type === 'Task') found.push(...mentionsOfTask(state, made));
    if (state.type !== 'Map') continue;
    for (const field of ['ItemReader', 'ResultWriter']) {
      const part = state.node.get(field);
      if (part?.kind === 'object') found.push(...mentionsOfCall(part, payloadIn(part, state), made));
    }
  }
  return made.size === 0 ? found : found.filter(({ due, name }) => !made.has(`${due} ${name}`));
}

function payloadIn(owner: ObjectNode, { isJsonata }: State): Node | undefined {
  return owner.get(isJsonata ? 'Arguments' : 'Parameters');
}

function mentionsOfTask(state: State, made: Set<string>): Mention[] {
  const node = state.node.get('Resource');
  const resource = node?.kind === 'string' ? parseResource(node.value) : undefined;
  const direct =
    resource?.kind === 'lambda' ? 'lambdaFunction' : resource?.kind === 'activity' ? 'activity' : undefined;
  if (direct !== undefined) return mentionOf(node, direct);
  return mentionsOfCall(state.node, payloadIn(state.node, state), made);
}

/** What the payload of a call names: by the parameters that take names, and by every ARN. */
function mentionsOfCall(owner: ObjectNode, payload: Node | undefined, made: Set<string>): Mention[] {
  const node = owner.get('Resource');
  const resource = node?.kind === 'string' ? parseResource(node.value) : undefined;
  if ((resource?.kind !== 'optimized' && resource?.kind !== 'sdk') || payload?.kind !== 'object') return [];
  const { service, action } = resource;
  const isMaker = isMaking(action);
  const found: Mention[] = [];
  for (const { key, value } of payload.properties) {
    const kind = kindOfParameter(service, action, key.value);
    if (kind === undefined) {
      found.push(...arnsIn(value));
      continue;
    }
    const mentions = mentionOf(value, kind);
    if (isMaker) for (const { due, name } of mentions) made.add(`${due} ${name}`);
    const given = action === 'startJobRun' && kind === 'glueJob' ? givenIn(payload.get('Arguments')) : undefined;
    found.push(...mentions.map((mention) => (given ? { ...mention, given } : mention)));
  }
  return found;
}

/** The names of arguments, where all of them are written out. */
export function givenIn(list: Node | undefined): readonly StringNode[] | undefined {
  if (list?.kind !== 'object' || list.issues !== undefined) return undefined;
  return list.properties.map(({ key }) => key);
}

/** ARNs in a payload, whatever the parameter is; names that look like none are the service's own business. */
function arnsIn(node: Node, depth = 0): Mention[] {
  if (depth > 6) return [];
  switch (node.kind) {
    case 'string': {
      const named = node.value.startsWith('arn:') ? resourceOfArn(node.value) : undefined;
      return named ? mentionOf(node, named.kind) : [];
    }
    case 'array':
      return node.items.flatMap((item) => arnsIn(item, depth + 1));
    case 'object':
      return node.properties.flatMap(({ key, value }) => (key.value.endsWith('.$') ? [] : arnsIn(value, depth + 1)));
    default:
      return [];
  }
}

/** What a value names, where it is a literal that nobody fills in later. */
export function mentionOf(node: Node | undefined, due: ResourceKind): Mention[] {
  if (node?.kind !== 'string' || node.value === '' || /^\{%|^\$/.test(node.value)) return [];
  if (isOpaque(node) || samplesIn(node.value).length > 0 || /[<>{}*?]/.test(node.value)) return [];
  const named = resourceOfText(due, node.value);
  return named === undefined || named.name === '' ? [] : [{ ...named, node, due }];
}
