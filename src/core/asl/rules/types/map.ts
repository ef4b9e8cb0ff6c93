import { keyOf } from '../../../language/rules/rule.ts';
import type { ObjectNode } from '../../../language/tree.ts';
import { describeValue, quote, textField } from '../../describe.ts';
import { isExpression } from '../../fields/visit.ts';
import { isOpaque, type State } from '../../model.ts';
import type { MachineRule, StateRule } from '../rule.ts';

function processorsOf(state: State): ObjectNode[] {
  return ['ItemProcessor', 'Iterator'].flatMap((name) => {
    const node = state.node.get(name);
    return node?.kind === 'object' ? [node] : [];
  });
}

/** The mode of a Map: undefined where a placeholder hides it. */
export function modeOf(state: State): 'INLINE' | 'DISTRIBUTED' | undefined {
  const config = processorsOf(state)[0]?.get('ProcessorConfig');
  if (config === undefined) return 'INLINE';
  if (config.kind !== 'object') return undefined;
  const mode = config.get('Mode');
  if (mode === undefined) return 'INLINE';
  if (mode.kind !== 'string' || isOpaque(mode)) return undefined;
  return mode.value === 'DISTRIBUTED' ? 'DISTRIBUTED' : 'INLINE';
}

export const mapProcessor: StateRule = {
  id: 'asl/map-processor',
  subject: 'state',
  severity: 'error',
  sources: ['M01'],
  types: ['Map'],
  docs: {
    what: 'A Map has exactly one of `ItemProcessor` and `Iterator`, its deprecated name.',
    why: 'It is the machine that runs for each item.',
    bad: '{"Type": "Map", "ItemsPath": "$.items", "End": true}',
    good: '{"Type": "Map", "ItemProcessor": {"StartAt": "Item", "States": {"Item": {"Type": "Succeed"}}}, "End": true}',
    aws: 'SCHEMA_VALIDATION_FAILED: "These fields are required: [ItemProcessor]".',
  },
  check: ({ node, name }, report) => {
    const processor = node.property('ItemProcessor');
    const iterator = node.property('Iterator');
    if (processor === undefined && iterator === undefined) {
      if (node.issues !== undefined) return;
      report({
        at: keyOf(node),
        message: `Map state ${quote(name)} needs an ItemProcessor: the machine that runs for each item.`,
      });
    } else if (processor !== undefined && iterator !== undefined) {
      report({
        at: iterator.key,
        message: 'Iterator is the old name of ItemProcessor: a Map has one of them.',
        related: [{ at: processor.key, message: 'ItemProcessor is here' }],
        fixes: [{ title: 'Remove Iterator', isSafe: false, edits: [{ kind: 'removeProperty', key: iterator.key }] }],
      });
    }
  },
};

export const iteratorDeprecated: StateRule = {
  id: 'asl/iterator-deprecated',
  subject: 'state',
  severity: 'hint',
  sources: ['M01'],
  types: ['Map'],
  docs: {
    what: '`Iterator` is now called `ItemProcessor`, and `Parameters` of a Map `ItemSelector`.',
    why: 'The old names still work; new fields are only documented with the new ones.',
    bad: '{"Type": "Map", "Iterator": {"StartAt": "Item", "States": {"Item": {"Type": "Succeed"}}}, "End": true}',
    good: '{"Type": "Map", "ItemProcessor": {"StartAt": "Item", "States": {"Item": {"Type": "Succeed"}}}, "End": true}',
    aws: 'Accepted.',
  },
  check: ({ node, isJsonata }, report) => {
    for (const [old, name] of [
      ['Iterator', 'ItemProcessor'],
      ['Parameters', 'ItemSelector'],
    ] as const) {
      const property = node.property(old);
      if (property === undefined || node.has(name) || (isJsonata && old === 'Parameters')) continue;
      report({
        at: property.key,
        message: `${old} of a Map is deprecated: it is called ${name} now.`,
        fixes: [{ title: `Rename to ${name}`, isSafe: true, edits: [{ kind: 'renameKey', node: property.key, name }] }],
      });
    }
  },
};

export const distributedConfig: StateRule = {
  id: 'asl/distributed-config',
  subject: 'state',
  fields: ['ProcessorConfig'],
  severity: 'error',
  sources: ['M03'],
  types: ['Map'],
  docs: {
    what: 'Mode DISTRIBUTED comes with an ExecutionType, Mode INLINE without.',
    why: 'A distributed Map starts child executions and must know their type.',
    bad: '{"ProcessorConfig": {"Mode": "DISTRIBUTED"}}',
    good: '{"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}}',
    aws: 'Documented; its message is not known.',
  },
  check: (state, report) => {
    for (const { node, shape } of state.visit.objects) {
      if (shape !== 'processorConfig' || node.issues !== undefined) continue;
      const mode = textField(node, 'Mode');
      const type = node.property('ExecutionType');
      if (mode === 'DISTRIBUTED' && type === undefined) {
        report({
          at: keyOf(node),
          message: 'A distributed Map needs an ExecutionType: "STANDARD" or "EXPRESS".',
          fixes: [
            {
              title: 'Add "ExecutionType": "STANDARD"',
              isSafe: false,
              edits: [{ kind: 'addProperty', object: node, name: 'ExecutionType', value: 'STANDARD' }],
            },
          ],
        });
      } else if ((mode === 'INLINE' || (mode === undefined && !node.has('Mode'))) && type !== undefined) {
        report({
          at: type.key,
          message:
            'An inline Map runs in this execution and has no ExecutionType. Set Mode to "DISTRIBUTED", or remove it.',
        });
      }
    }
  },
};

export const mapLabel: StateRule = {
  id: 'asl/map-label',
  subject: 'state',
  fields: ['Label'],
  severity: 'error',
  sources: ['M08'],
  types: ['Map'],
  docs: {
    what: '`Label` has 1 to 40 characters, none of them a blank, a control character or one of ? * < > { } [ ] : ; , \\ | ^ ~ $ # % & ` ".',
    why: 'It becomes a part of the Map Run ARN.',
    bad: '{"Type": "Map", "Label": "nightly load"}',
    good: '{"Type": "Map", "Label": "nightly-load"}',
    aws: 'INVALID_LABEL_NAME.',
  },
  check: ({ node }, report) => {
    const label = node.get('Label');
    // An expression has a finding of its own.
    if (label === undefined || isOpaque(label) || (label.kind === 'string' && isExpression(label.value))) return;
    if (label.kind !== 'string') {
      report({ at: label, message: `Label must be a string, not ${describeValue(label)}.` });
      return;
    }
    const count = Array.from(label.value).length;
    if (count === 0 || count > 40) {
      report({ at: label, message: `Label must have 1 to 40 characters; it has ${count}.` });
    }
    const forbidden = /[\s\p{Cc}?*<>{}[\]:;,\\|^~$#%&`"]/u.exec(label.value);
    if (forbidden !== null) {
      report({
        at: { kind: 'within', node: label, from: forbidden.index, to: forbidden.index + 1 },
        message: `Label cannot have ${forbidden[0].trim() === '' ? 'a blank' : quote(forbidden[0])} in it.`,
      });
    }
  },
};

export const duplicateLabel: MachineRule = {
  id: 'asl/duplicate-label',
  subject: 'machine',
  severity: 'error',
  sources: ['M08'],
  docs: {
    what: 'A Map `Label` occurs once in the machine.',
    why: 'It tells the Map Runs of a machine apart.',
    bad: '{"A": {"Type": "Map", "Label": "load"}, "B": {"Type": "Map", "Label": "load"}}',
    good: '{"A": {"Type": "Map", "Label": "load-a"}, "B": {"Type": "Map", "Label": "load-b"}}',
    aws: 'DUPLICATE_LABEL_NAME.',
  },
  check: (machine, report) => {
    const seen = new Map<string, State>();
    for (const state of machine.states) {
      if (state.type !== 'Map') continue;
      const label = state.node.get('Label');
      if (label?.kind !== 'string' || isOpaque(label)) continue;
      const other = seen.get(label.value)?.node.get('Label');
      if (other === undefined) seen.set(label.value, state);
      else {
        report({
          at: label,
          message: `Label ${quote(label.value)} is taken. Labels are unique in the machine.`,
          related: [{ at: other, message: 'The other Label' }],
        });
      }
    }
  },
};

export const distributedOnly: StateRule = {
  id: 'asl/distributed-only',
  subject: 'state',
  fields: ['Label', 'ItemReader', 'ItemBatcher', 'ResultWriter'],
  severity: 'warning',
  sources: ['M12'],
  types: ['Map'],
  docs: {
    what: 'Label, ItemReader, ItemBatcher and ResultWriter are for distributed Maps.',
    why: 'In an inline Map they have no effect.',
    bad: '{"Type": "Map", "ItemBatcher": {"MaxItemsPerBatch": 10}, "ItemProcessor": {"StartAt": "A", "States": {}}}',
    good: '{"Type": "Map", "ItemBatcher": {"MaxItemsPerBatch": 10}, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "A", "States": {}}}',
    aws: 'Not known.',
  },
  check: (state, report) => {
    if (modeOf(state) !== 'INLINE' || processorsOf(state).length === 0) return;
    for (const name of ['Label', 'ItemReader', 'ItemBatcher', 'ResultWriter']) {
      const property = state.node.property(name);
      if (property === undefined) continue;
      report({
        at: property.key,
        message: `${name} has no effect here: it needs ProcessorConfig with Mode "DISTRIBUTED".`,
      });
    }
  },
};

export const distributedInExpress: StateRule = {
  id: 'asl/distributed-in-express',
  subject: 'state',
  fields: ['ProcessorConfig'],
  severity: 'error',
  sources: ['M13'],
  types: ['Map'],
  docs: {
    what: 'A distributed Map does not run in an EXPRESS workflow, nor in the EXPRESS child executions of another one.',
    why: 'Only STANDARD workflows start child executions.',
    bad: '{"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, "States": {"Inner": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}}}}}',
    good: '{"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}}',
    aws: 'Documented (developer guide, "Distributed mode").',
  },
  check: (state, report) => {
    if (modeOf(state) !== 'DISTRIBUTED' || state.surroundings.workflowType !== 'EXPRESS') return;
    const config = processorsOf(state)[0]?.get('ProcessorConfig');
    report({
      at: config?.kind === 'object' ? (config.get('Mode') ?? config) : keyOf(state.node),
      message: 'A distributed Map cannot run in an EXPRESS workflow. Use STANDARD, or Mode "INLINE".',
    });
  },
};

export const mapLimits: StateRule = {
  id: 'asl/map-limits',
  subject: 'state',
  fields: ['MaxConcurrency'],
  severity: 'hint',
  sources: ['M14'],
  types: ['Map'],
  docs: {
    what: 'MaxConcurrency stays within what the mode can do: 40 inline, 10,000 distributed.',
    why: 'A larger number has no effect. The result of a distributed Map without ResultWriter must stay under 256 KiB.',
    bad: '{"Type": "Map", "MaxConcurrency": 100, "ItemProcessor": {"StartAt": "A", "States": {}}}',
    good: '{"Type": "Map", "MaxConcurrency": 40, "ItemProcessor": {"StartAt": "A", "States": {}}}',
    aws: 'Accepted (developer guide, "Quotas").',
  },
  check: (state, report) => {
    const mode = modeOf(state);
    const concurrency = state.node.get('MaxConcurrency');
    const limit = mode === 'DISTRIBUTED' ? 10_000 : 40;
    if (mode === undefined || concurrency?.kind !== 'number' || concurrency.value <= limit) return;
    report({
      at: concurrency,
      message: `${mode === 'INLINE' ? 'An inline' : 'A distributed'} Map runs at most ${limit.toLocaleString('en-US')} items at once.`,
    });
  },
};
