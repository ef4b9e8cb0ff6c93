import type { ShapeName } from '../../fields/spec.ts';
import type { StateRule } from '../rule.ts';
import { anyOf } from '../../describe.ts';

interface Group {
  readonly shapes: readonly ShapeName[];
  readonly names: readonly [string, string];
}

/** At most one of each group of fields; AWS names the others. */
function exclusiveRule(
  id: string,
  sources: readonly string[],
  groups: readonly Group[],
  docs: Pick<StateRule['docs'], 'what' | 'bad' | 'good'>,
): StateRule {
  return {
    id,
    subject: 'state',
    fields: groups.map(({ names }) => names),
    severity: 'error',
    sources,
    docs: {
      ...docs,
      why: 'Both say the same thing, and AWS does not choose between them.',
      aws: 'SCHEMA_VALIDATION_FAILED: "There should only be one of the following fields: [A, B]", at the object.',
    },
    check: (state, report) => {
      for (const { node, shape } of state.visit.objects) {
        for (const { shapes, names } of groups) {
          if (!shapes.includes(shape)) continue;
          const [first, ...others] = names.flatMap((name) => node.property(name) ?? []);
          for (const { key } of others) {
            if (first === undefined) continue;
            report({
              at: key,
              message: `There can only be one of ${anyOf(names, 'and')}: remove ${first.key.value} or ${key.value}.`,
              related: [{ at: first.key, message: `${first.key.value} is here` }],
              fixes: [key, first.key].map((one) => ({
                title: `Remove ${one.value}`,
                isSafe: false,
                edits: [{ kind: 'removeProperty' as const, key: one }],
              })),
            });
          }
        }
      }
    },
  };
}

export const exclusiveTimeouts = exclusiveRule(
  'asl/exclusive-timeouts',
  ['T03'],
  [
    { shapes: ['Task'], names: ['TimeoutSeconds', 'TimeoutSecondsPath'] },
    { shapes: ['Task'], names: ['HeartbeatSeconds', 'HeartbeatSecondsPath'] },
  ],
  {
    what: 'A Task has TimeoutSeconds or TimeoutSecondsPath, HeartbeatSeconds or HeartbeatSecondsPath.',
    bad: '{"TimeoutSeconds": 60, "TimeoutSecondsPath": "$.timeout"}',
    good: '{"TimeoutSecondsPath": "$.timeout"}',
  },
);

export const exclusiveFailFields = exclusiveRule(
  'asl/exclusive-fail-fields',
  ['X01'],
  [
    { shapes: ['Fail'], names: ['Error', 'ErrorPath'] },
    { shapes: ['Fail'], names: ['Cause', 'CausePath'] },
  ],
  {
    what: 'A Fail has Error or ErrorPath, Cause or CausePath.',
    bad: '{"Type": "Fail", "Error": "Bad", "ErrorPath": "$.error"}',
    good: '{"Type": "Fail", "ErrorPath": "$.error"}',
  },
);

export const exclusiveMapFields = exclusiveRule(
  'asl/exclusive-map-fields',
  ['M02'],
  [
    { shapes: ['Map'], names: ['ItemSelector', 'Parameters'] },
    { shapes: ['Map'], names: ['Items', 'ItemsPath'] },
    { shapes: ['Map'], names: ['MaxConcurrency', 'MaxConcurrencyPath'] },
    { shapes: ['Map'], names: ['ToleratedFailureCount', 'ToleratedFailureCountPath'] },
    { shapes: ['Map'], names: ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'] },
    { shapes: ['readerConfig'], names: ['MaxItems', 'MaxItemsPath'] },
    { shapes: ['itemBatcher'], names: ['MaxItemsPerBatch', 'MaxItemsPerBatchPath'] },
    { shapes: ['itemBatcher'], names: ['MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'] },
  ],
  {
    what: 'A Map has ItemSelector or Parameters, Items or ItemsPath, and each number as a value or as a path.',
    bad: '{"Type": "Map", "MaxConcurrency": 5, "MaxConcurrencyPath": "$.n"}',
    good: '{"Type": "Map", "MaxConcurrencyPath": "$.n"}',
  },
);

export const waitDuration: StateRule = {
  id: 'asl/wait-duration',
  subject: 'state',
  severity: 'error',
  sources: ['W01'],
  types: ['Wait'],
  docs: {
    what: 'A Wait has exactly one of Seconds, SecondsPath, Timestamp and TimestampPath; with JSONata of Seconds and Timestamp.',
    why: 'It says how long to wait.',
    bad: '{"Type": "Wait", "Seconds": 5, "Timestamp": "2026-03-14T01:59:00Z", "End": true}',
    good: '{"Type": "Wait", "Seconds": 5, "End": true}',
    aws: 'SCHEMA_VALIDATION_FAILED: "There should only be one of the following fields: [Seconds, Timestamp]".',
  },
  check: ({ node, isJsonata, key }, report) => {
    const names = ['Seconds', 'Timestamp', 'SecondsPath', 'TimestampPath'];
    const [first, ...others] = names.flatMap((name) => node.property(name) ?? []);
    if (first === undefined && node.issues === undefined) {
      const allowed = isJsonata ? names.slice(0, 2) : names;
      report({
        at: { kind: 'key', node },
        message: `Wait state "${key.value}" does not say how long: add ${anyOf(allowed)}.`,
        fixes: [
          {
            title: 'Add "Seconds": 60',
            isSafe: false,
            edits: [{ kind: 'addProperty', object: node, name: 'Seconds', value: 60 }],
          },
        ],
      });
    }
    for (const other of others) {
      if (first === undefined) continue;
      report({
        at: other.key,
        message: `A Wait has one duration: remove ${first.key.value} or ${other.key.value}.`,
        related: [{ at: first.key, message: `${first.key.value} is here` }],
        fixes: [
          { title: `Remove ${other.key.value}`, isSafe: false, edits: [{ kind: 'removeProperty', key: other.key }] },
        ],
      });
    }
  },
};
