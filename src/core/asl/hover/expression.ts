import { CONTEXT, type ContextMember } from '../contextObject.ts';
import type { Cursor } from '../cursor.ts';
import { indexAt } from '../completion/completion.ts';
import { expressionAt } from '../completion/expressionAt.ts';
import { INTRINSICS } from '../expressions/intrinsics.ts';
import { JSONATA_FUNCTIONS } from '../expressions/jsonataFunctions.ts';
import type { Machine } from '../model.ts';
import { variablesOf } from '../variables.ts';
import { codeSpan } from './markdown.ts';

/** A part of an expression with what there is to say about it. Offsets count in the host document. */
export interface ExpressionHover {
  readonly markdown: string;
  readonly start: number;
  readonly end: number;
}

const PART = /\$\$?\w*(?:\.\w+)*|States\.\w+/g;

const MEMBERS: Readonly<Record<string, string>> = {
  input: 'The input of the state.',
  result: 'What the task, the branches or the items gave.',
  errorOutput: 'The error that was caught: `Error` and `Cause`.',
};

/** The function, variable, or member of `$states` and the context object that is under the offset. */
export function aboutExpression(machine: Machine, cursor: Cursor, offset: number): ExpressionHover | undefined {
  const place = expressionAt(cursor, offset);
  if (place === undefined) return undefined;
  const { node } = place;
  const index = indexAt(node, offset);
  for (const match of node.value.matchAll(PART)) {
    const [text] = match;
    const from = match.index;
    if (index < from || from + text.length < index) continue;
    // The steps up to the one under the cursor.
    const dot = text.indexOf('.', text.startsWith('States.') ? 7 : Math.max(1, index - from));
    const to = from + (dot < 0 ? text.length : dot);
    const markdown = describe(node.value.slice(from, to), machine, place.language === 'JSONata');
    return markdown === undefined ? undefined : { markdown, start: node.at(from), end: node.at(to) };
  }
  return undefined;
}

function describe(text: string, machine: Machine, isJsonata: boolean): string | undefined {
  if (!isJsonata && text.startsWith('States.')) {
    const known = Object.hasOwn(INTRINSICS, text) ? INTRINSICS[text] : undefined;
    return known && `${codeSpan(known.signature)}\n\n${known.doc} In JSONata: ${codeSpan(known.jsonata)}.`;
  }
  const [root = '', ...steps] = text.split('.');
  if (!isJsonata) {
    if (root === '$$') return contextMember(steps, text);
    return root.length > 1 ? variable(root, machine) : undefined;
  }
  if (root === '$states') {
    const [first, ...rest] = steps;
    if (first === undefined)
      return `${codeSpan(text)}\n\nWhat the state has to work with: input, result, errorOutput, context.`;
    if (first === 'context') return contextMember(rest, text);
    const words = rest.length === 0 ? MEMBERS[first] : undefined;
    return words && `${codeSpan(text)}\n\n${words}`;
  }
  const known = JSONATA_FUNCTIONS.get(root.slice(1));
  if (known) return `${codeSpan(known.signature)}\n\n${known.doc}`;
  return variable(root, machine);
}

function contextMember(steps: readonly string[], text: string): string | undefined {
  let current: ContextMember | undefined = CONTEXT;
  for (const step of steps) current = current?.members?.[step];
  return current && `${codeSpan(text)}\n\n${current.doc}`;
}

/** Which states assign the variable. */
function variable(root: string, machine: Machine): string | undefined {
  const name = root.slice(1);
  const states = machine.states.filter((state) => variablesOf(state).writes.some((write) => write.name === name));
  if (states.length === 0) return undefined;
  return `${codeSpan(root)} · variable\n\nAssigned in ${states.map((state) => codeSpan(state.name)).join(', ')}.`;
}
