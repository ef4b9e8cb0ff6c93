import type { FixEdit } from '../../language/rules/rule.ts';
import type { AslDefinition } from '../definition.ts';
import { stateAt } from '../testedState.ts';
import { Inexact } from './inexact.ts';
import { pollLoopAt, waitInPlaceOf } from './pollLoop.ts';
import { stateToJsonata } from './stateToJsonata.ts';
import { toLambdaInvoke } from './toLambdaInvoke.ts';

/** A rewriting that the user may choose: its edits, or why it cannot be done here. */
export interface Refactoring {
  /** Whether it answers a finding of ours, or is a choice of the user's. */
  readonly kind: 'fix' | 'rewrite';
  readonly title: string;
  readonly result: { readonly edits: readonly FixEdit[] } | { readonly refused: string };
}

/** A function that is called without an integration. */
const DIRECT_LAMBDA = /^arn:[\w-]+:lambda:[\w-]*:\d*:function:.+$/;

/** What can be done with the state at an offset. */
export function refactoringsAt({ machine }: AslDefinition, offset: number): readonly Refactoring[] {
  const state = machine && stateAt(machine, offset);
  if (!state) return [];
  const found: Refactoring[] = [];
  // Fields of JSONPath inside a machine that is JSONata as a whole are mistakes, not a language.
  if (!state.isJsonata && machine.queryLanguage === 'JSONPath' && state.type !== undefined) {
    found.push(offered('rewrite', `Convert state "${state.name}" to JSONata`, () => stateToJsonata(state)));
  }
  const resource = state.node.get('Resource');
  if (resource?.kind === 'string' && DIRECT_LAMBDA.test(resource.value)) {
    found.push(offered('fix', 'Call the function with lambda:invoke', () => toLambdaInvoke(state)));
  }
  const scope = machine.scopes.find(({ states }) => states.includes(state));
  const loop = scope && pollLoopAt(state, scope);
  if (loop) {
    const title = `Wait for the run of "${loop.start.name}" with glue:startJobRun.sync instead of polling`;
    found.push(offered('rewrite', title, () => waitInPlaceOf(loop, scope)));
  }
  return found;
}

function offered(kind: Refactoring['kind'], title: string, edits: () => readonly FixEdit[]): Refactoring {
  try {
    return { kind, title, result: { edits: edits() } };
  } catch (error) {
    if (error instanceof Inexact) return { kind, title, result: { refused: error.message } };
    throw error;
  }
}
