import type { FixEdit } from '../../language/rules/rule.ts';
import type { Node } from '../../language/tree.ts';
import { propertyOf } from '../../language/treeQueries.ts';
import type { Scope, State } from '../model.ts';
import { Inexact } from './inexact.ts';

/** A loop that starts a Glue job, then asks again and again how its run is doing. */
export interface PollLoop {
  readonly start: State;
  /** The states that wait, ask and decide. */
  readonly asking: readonly State[];
  /** Where it goes on once the run has succeeded, and where otherwise. */
  readonly success: string;
  readonly failure: string | undefined;
}

const START = /:states:::(?:aws-sdk:glue:startJobRun|glue:startJobRun)$/;
const GET = /:states:::aws-sdk:glue:getJobRun$/;

/** The poll loop that a state belongs to; undefined where there is none, or none of this plain kind. */
export function pollLoopAt(state: State, scope: Scope): PollLoop | undefined {
  const gets = scope.states.filter((one) => GET.test(resourceOf(one)));
  return gets.map((get) => loopAround(get, scope)).find((loop) => loop && [loop.start, ...loop.asking].includes(state));
}

function loopAround(get: State, scope: Scope): PollLoop | undefined {
  const choice = nextOf(get, scope);
  if (choice?.type !== 'Choice' || !choice.isSettled) return undefined;
  const wait = targetsOf(choice, scope).find((one) => one.type === 'Wait' && nextOf(one, scope) === get);
  if (wait === undefined) return undefined;
  const asking = [get, choice, wait];
  const entering = scope.states.filter(
    (one) => !asking.includes(one) && targetsOf(one, scope).some((target) => asking.includes(target)),
  );
  const [start] = entering;
  if (entering.length !== 1 || !start || !START.test(resourceOf(start))) return undefined;
  if (scope.startAt?.to !== undefined && asking.includes(scope.startAt.to)) return undefined;
  const ends = new Set(targetsOf(choice, scope).filter((one) => one !== wait));
  const success = rulesOf(choice).find(({ text, to }) => /\bSUCCEEDED\b/.test(text) && to !== wait.name)?.to;
  const others = [...ends].filter(({ name }) => name !== success);
  if (success === undefined || scope.find(success) === undefined || others.length > 1) return undefined;
  return { start, asking, success, failure: others[0]?.name };
}

/** Lets Step Functions wait for the run in place of the loop. Throws `Inexact` where something else reads what it made. */
export function waitInPlaceOf({ start, asking, success, failure }: PollLoop, scope: Scope): readonly FixEdit[] {
  const resource = start.node.get('Resource');
  const next = start.node.get('Next');
  if (resource?.kind !== 'string' || next?.kind !== 'string')
    throw new Inexact('The state that starts the job is not complete.');
  if (asking.some(({ node }) => node.has('Assign')))
    throw new Inexact('The loop assigns variables that may be read later.');
  const partition = /^arn:([\w-]+):/.exec(resource.value)?.[1] ?? 'aws';
  const failed = failure === undefined ? undefined : scope.find(failure);
  const isPlainFail = failed?.type === 'Fail' && onlyFrom(failed, asking, scope);
  const removed = isPlainFail ? [...asking, failed] : asking;
  const edits: FixEdit[] = [
    { kind: 'replaceString', node: resource, value: `arn:${partition}:states:::glue:startJobRun.sync` },
    { kind: 'replaceString', node: next, value: success },
    ...removed.map(({ key }): FixEdit => ({ kind: 'removeProperty', key: propertyOf(key)?.key ?? key })),
  ];
  if (failure === undefined || isPlainFail || start.node.has('Catch')) return edits;
  const kept = start.isJsonata
    ? { Output: '{% $merge([$states.input, {"error": $states.errorOutput}]) %}' }
    : { ResultPath: '$.error' };
  const value = [{ ErrorEquals: ['States.TaskFailed'], ...kept, Next: failure }];
  return [...edits, { kind: 'addProperty', object: start.node, name: 'Catch', value }];
}

function onlyFrom(state: State, from: readonly State[], scope: Scope): boolean {
  const isFirst = scope.startAt?.to === state;
  return !isFirst && scope.states.every((one) => from.includes(one) || !targetsOf(one, scope).includes(state));
}

function resourceOf({ node }: State): string {
  const resource = node.get('Resource');
  return resource?.kind === 'string' ? resource.value : '';
}

function nextOf({ node }: State, scope: Scope): State | undefined {
  const next = node.get('Next');
  return next?.kind === 'string' ? scope.find(next.value) : undefined;
}

function targetsOf({ transitions }: State, scope: Scope): readonly State[] {
  return transitions.flatMap(({ target }) => (target === undefined ? [] : (scope.find(target) ?? [])));
}

/** What each rule of a Choice says, as text, and where it goes. */
function rulesOf({ node }: State): readonly { readonly text: string; readonly to: string }[] {
  const choices = node.get('Choices');
  if (choices?.kind !== 'array') return [];
  return choices.items.flatMap((rule) => {
    const next = rule.kind === 'object' ? rule.get('Next') : undefined;
    return next?.kind === 'string' ? [{ text: textsIn(rule).join(' '), to: next.value }] : [];
  });
}

function textsIn(node: Node): readonly string[] {
  if (node.kind === 'string') return [node.value];
  if (node.kind === 'array') return node.items.flatMap(textsIn);
  if (node.kind !== 'object') return [];
  return node.properties.flatMap(({ key, value }) => (key.value === 'Next' ? [] : textsIn(value)));
}
