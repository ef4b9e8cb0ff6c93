import { parseTree, formatOf } from '../../../language/edit.ts';
import { buildMachine } from '../../build.ts';
import type { Machine } from '../../model.ts';
import type { HostRule } from '../rule.ts';

export const missingDefinitionFile: HostRule = {
  id: 'asl/missing-definition-file',
  subject: 'host',
  severity: 'error',
  sources: ['Z08'],
  docs: {
    what: 'The file that `DefinitionUri`, `templatefile` or `file` names is there, beside the template.',
    why: 'Packaging or planning fails without it.',
    bad: '{"Type": "AWS::Serverless::StateMachine", "Properties": {"DefinitionUri": "statemachine/laod.asl.json"}}',
    good: '{"Type": "AWS::Serverless::StateMachine", "Properties": {"DefinitionUri": "statemachine/load.asl.json"}}',
    aws: 'sam and aws cloudformation package: "Unable to upload artifact … referenced by DefinitionUri parameter".',
  },
  check: ({ found, readFile }, report) => {
    for (const { place } of found) {
      if (place.kind !== 'file' || !place.isBeside || readFile?.(place.path) !== null) continue;
      report({
        at: place.at,
        message: `There is no file ${place.path}; the path counts from the folder of this file.`,
      });
    }
  },
};

export const expressDefinitionFile: HostRule = {
  id: 'asl/express-definition-file',
  subject: 'host',
  severity: 'error',
  sources: ['Z10'],
  docs: {
    what: 'A definition file that a template deploys as an Express machine has only what Express machines may have.',
    why: 'The file alone does not say its type: job runs with `.sync`, callbacks, activities and distributed Maps need Standard.',
    bad: '{"Type": "AWS::Serverless::StateMachine", "Properties": {"Type": "EXPRESS", "DefinitionUri": "glue-job-with-sync.asl.json"}}',
    good: '{"Type": "AWS::Serverless::StateMachine", "Properties": {"Type": "STANDARD", "DefinitionUri": "glue-job-with-sync.asl.json"}}',
    aws: 'The stack fails: "Express state machine does not support \'…\' service integration".',
  },
  check: ({ found, readFile }, report) => {
    for (const { place, machineType } of found) {
      if (place.kind !== 'file' || machineType !== 'EXPRESS') continue;
      const text = readFile?.(place.path);
      if (typeof text !== 'string') continue;
      const { root } = parseTree(text, formatOf(text, { fileName: place.path }));
      const machine = root.kind === 'object' ? buildMachine(root, { machineType }) : undefined;
      const states = machine === undefined ? [] : statesThatNeedStandard(machine);
      if (states.length === 0) continue;
      report({
        at: place.at,
        message: `${place.path} is deployed as an Express machine, but ${states.join(', ')} need${states.length > 1 ? '' : 's'} a Standard one (.sync, .waitForTaskToken, activities, distributed Maps).`,
      });
    }
  },
};

/** Names, in quotes, of states that an Express machine cannot have; at most three. */
function statesThatNeedStandard({ states }: Machine): string[] {
  return states
    .filter(({ node, type }) => {
      const resource = node.get('Resource');
      if (type === 'Task') {
        return resource?.kind === 'string' && /\.sync(?::\d+)?$|\.waitForTaskToken$|:activity:/.test(resource.value);
      }
      const processor = node.get('ItemProcessor');
      const config = processor?.kind === 'object' ? processor.get('ProcessorConfig') : undefined;
      const mode = config?.kind === 'object' ? config.get('Mode') : undefined;
      return mode?.kind === 'string' && mode.value === 'DISTRIBUTED';
    })
    .slice(0, 3)
    .map(({ name }) => `"${name}"`);
}
