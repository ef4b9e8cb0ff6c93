import type { ArrayNode, Node, ObjectNode, StringNode } from '../../../language/tree.ts';
import { describeValue, quote } from '../../describe.ts';
import { isOpaque, type State } from '../../model.ts';
import { ofState } from '../../ofState.ts';
import type { StateRule } from '../rule.ts';

const TYPES = ['Task', 'Parallel', 'Map'] as const;

/** A retrier or catcher with the error names that are known. */
interface Handler {
  readonly node: ObjectNode;
  readonly errors: readonly StringNode[];
}

const handlersOf = ofState((state) => ({ Retry: readHandlers(state, 'Retry'), Catch: readHandlers(state, 'Catch') }));

const NO_HANDLERS: readonly Handler[] = [];

function readHandlers(state: State, field: 'Retry' | 'Catch'): readonly Handler[] {
  const list = state.node.get(field);
  if (list?.kind !== 'array') return NO_HANDLERS;
  const found: Handler[] = [];
  for (const node of list.items) if (node.kind === 'object') found.push({ node, errors: errorsOf(node) });
  return found;
}

function errorsOf(item: ObjectNode): readonly StringNode[] {
  const errors = item.get('ErrorEquals');
  if (errors?.kind !== 'array') return [];
  return errors.items.filter((error) => error.kind === 'string' && !isOpaque(error)) as StringNode[];
}

interface NamedError {
  readonly error: StringNode;
  readonly field: 'Retry' | 'Catch';
}

/** The error names in all retriers and catchers of a state. */
export const allErrors = ofState((state): readonly NamedError[] => {
  const found: NamedError[] = [];
  const { Retry, Catch } = handlersOf(state);
  for (const { errors } of Retry) for (const error of errors) found.push({ error, field: 'Retry' });
  for (const { errors } of Catch) for (const error of errors) found.push({ error, field: 'Catch' });
  return found;
});

export const errorEquals: StateRule = {
  id: 'asl/error-equals',
  subject: 'state',
  fields: ['Retry', 'Catch'],
  severity: 'error',
  sources: ['R01', 'K01', 'R09', 'N13'],
  types: TYPES,
  docs: {
    what: 'Each retrier and catcher is an object with `ErrorEquals`, a non-empty array of strings.',
    why: 'It says which errors are meant.',
    bad: '{"ErrorEquals": "States.ALL", "MaxAttempts": 2}',
    good: '{"ErrorEquals": ["States.ALL"], "MaxAttempts": 2}',
    aws: 'SCHEMA_VALIDATION_FAILED, at the retrier or catcher.',
  },
  check: (state, report) => {
    for (const field of ['Retry', 'Catch'] as const) {
      const list = state.node.get(field);
      if (list?.kind !== 'array') continue;
      const title = field === 'Retry' ? 'A retrier' : 'A catcher';
      for (const item of list.items) {
        if (item.kind !== 'object') {
          if (!isOpaque(item)) report({ at: item, message: `${title} must be an object, not ${describeValue(item)}.` });
          continue;
        }
        const errors = item.get('ErrorEquals');
        if (errors === undefined) {
          if (item.issues !== undefined) continue;
          report({ at: firstKey(item), message: `${title} needs ErrorEquals: the names of the errors it is for.` });
        } else if (errors.kind !== 'array') {
          if (isOpaque(errors)) continue;
          report({
            at: errors,
            message: `ErrorEquals must be an array of error names, not ${describeValue(errors)}.`,
            ...(errors.kind === 'string' && {
              fixes: [
                {
                  title: 'Make it an array',
                  isSafe: true,
                  edits: [{ kind: 'replaceValue', node: errors, value: [errors.value] }],
                },
              ],
            }),
          });
        } else checkNames(errors, report);
      }
    }
  },
};

function checkNames(errors: ArrayNode, report: Parameters<StateRule['check']>[1]): void {
  if (errors.items.length === 0 && errors.issues === undefined) {
    report({ at: errors, message: 'ErrorEquals is empty: name at least one error.' });
  }
  for (const error of errors.items) {
    if (error.kind === 'string' || isOpaque(error)) continue;
    report({ at: error, message: `An error name must be a string, not ${describeValue(error)}.` });
  }
}

function firstKey(node: ObjectNode): Node {
  return node.properties[0]?.key ?? node;
}

export const catcherNext: StateRule = {
  id: 'asl/catcher-next',
  subject: 'state',
  fields: ['Catch'],
  severity: 'error',
  sources: ['K01'],
  types: TYPES,
  docs: {
    what: 'Each catcher has `Next`.',
    why: 'It says where to go after the error.',
    bad: '{"ErrorEquals": ["States.ALL"]}',
    good: '{"ErrorEquals": ["States.ALL"], "Next": "Handle"}',
    aws: 'SCHEMA_VALIDATION_FAILED: "These fields are required: [Next]".',
  },
  check: (state, report) => {
    for (const { node: catcher } of handlersOf(state).Catch) {
      if (catcher.has('Next') || catcher.issues !== undefined) continue;
      report({ at: firstKey(catcher), message: 'A catcher needs Next: the state that handles the error.' });
    }
  },
};

function statesAllRule(field: 'Retry' | 'Catch', id: string, source: string): StateRule {
  const item = field === 'Retry' ? 'retrier' : 'catcher';
  return {
    id,
    subject: 'state',
    fields: [field],
    severity: 'error',
    sources: [source],
    types: TYPES,
    docs: {
      what: `States.ALL stands alone in ErrorEquals, in the last ${item}.`,
      why: `It takes every error, so a ${item} after it would never apply.`,
      bad: `{"${field}": [{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["States.Timeout"]}]}`,
      good: `{"${field}": [{"ErrorEquals": ["States.Timeout"]}, {"ErrorEquals": ["States.ALL"]}]}`,
      aws: 'SCHEMA_VALIDATION_FAILED: "States.ALL must appear alone and at end of list".',
    },
    check: (state, report) => {
      const handlers = handlersOf(state)[field];
      for (const { node, errors } of handlers) {
        const all = errors.find(({ value }) => value === 'States.ALL');
        if (all === undefined) continue;
        const list = node.get('ErrorEquals');
        if (list?.kind === 'array' && list.items.length > 1) {
          report({ at: all, message: 'States.ALL must stand alone: it already takes every other error.' });
        }
        if (node !== handlers.at(-1)?.node) {
          report({ at: all, message: `States.ALL must be in the last ${item}: those after it never apply.` });
        }
      }
    },
  };
}

export const retryStatesAll = statesAllRule('Retry', 'asl/retry-states-all', 'R02');
export const catchStatesAll = statesAllRule('Catch', 'asl/catch-states-all', 'K02');

export const retryNeverRetries: StateRule = {
  id: 'asl/retry-without-effect',
  subject: 'state',
  fields: ['IntervalSeconds'],
  severity: 'warning',
  sources: ['R10', 'R06'],
  types: TYPES,
  docs: {
    what: 'A retrier with MaxAttempts 0 has no interval, and MaxDelaySeconds is larger than IntervalSeconds.',
    why: 'The other values have no effect.',
    bad: '{"ErrorEquals": ["States.Timeout"], "IntervalSeconds": 5, "MaxAttempts": 0}',
    good: '{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 0}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    for (const { node: retrier } of handlersOf(state).Retry) {
      const attempts = retrier.get('MaxAttempts');
      const interval = retrier.property('IntervalSeconds');
      const delay = retrier.get('MaxDelaySeconds');
      if (attempts?.kind === 'number' && attempts.value === 0 && interval !== undefined) {
        report({
          at: interval.key,
          message: 'With MaxAttempts 0 nothing is retried, so the interval has no effect.',
          severity: 'hint',
        });
      }
      if (delay?.kind !== 'number' || interval?.value.kind !== 'number' || delay.value > interval.value.value) continue;
      report({ at: delay, message: 'MaxDelaySeconds must be larger than IntervalSeconds to have an effect.' });
    }
  },
};

export const shadowedError: StateRule = {
  id: 'asl/shadowed-error',
  subject: 'state',
  fields: ['ErrorEquals'],
  severity: 'warning',
  sources: ['K06', 'R10'],
  types: TYPES,
  docs: {
    what: 'No retrier or catcher names an error that an earlier one always takes.',
    why: 'The first that names the error decides. States.TaskFailed takes every error but States.Timeout, States.Timeout also States.HeartbeatTimeout.',
    bad: '{"Catch": [{"ErrorEquals": ["States.TaskFailed"], "Next": "A"}, {"ErrorEquals": ["Lambda.TooManyRequestsException"], "Next": "B"}]}',
    good: '{"Catch": [{"ErrorEquals": ["Lambda.TooManyRequestsException"], "Next": "B"}, {"ErrorEquals": ["States.TaskFailed"], "Next": "A"}]}',
    aws: 'Accepted.',
  },
  check: (state, report) => {
    for (const field of ['Retry', 'Catch'] as const) {
      const earlier = new Map<string, StringNode>();
      for (const { errors: here } of handlersOf(state)[field]) {
        for (const error of here) {
          const taker = takerOf(error.value, earlier);
          if (taker === undefined) continue;
          const who = field === 'Retry' ? 'retrier' : 'catcher';
          const by = taker.value === error.value ? '' : `, because ${taker.value} covers it`;
          report({
            at: error,
            message: `An earlier ${who} always takes ${quote(error.value)}${by}.`,
            related: [{ at: taker, message: `The earlier ${who}` }],
          });
        }
        for (const error of here) if (!earlier.has(error.value)) earlier.set(error.value, error);
      }
    }
  },
};

function takerOf(name: string, earlier: ReadonlyMap<string, StringNode>): StringNode | undefined {
  const same = earlier.get(name);
  if (same !== undefined) return same;
  if (name === 'States.HeartbeatTimeout') return earlier.get('States.Timeout');
  const isTaskError = !name.startsWith('States.') || name === 'States.Permissions';
  return isTaskError ? earlier.get('States.TaskFailed') : undefined;
}
