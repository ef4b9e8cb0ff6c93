import { expect, test } from 'vitest';
import { definitionsIn, openDocument } from '../../../../src/core/asl/index.ts';
import {
  compareDefinition,
  describeDefinitionDrift,
  filledDefinition,
} from '../../../../src/core/deploy/compareDefinition.ts';

const deployed = {
  StartAt: 'Load',
  States: {
    Load: {
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Parameters: { JobName: 'load-7f3' },
      Next: 'End',
    },
    End: { Type: 'Succeed' },
  },
};
const text = JSON.stringify(deployed);

function driftOf(local: unknown): string | undefined {
  const drift = compareDefinition(openDocument(JSON.stringify(local)), text);
  return drift && describeDefinitionDrift(drift, 'dev');
}

test('the layout of a definition, its order and its language do not count', () => {
  expect(driftOf({ States: deployed.States, StartAt: 'Load' })).toBeUndefined();
  const yaml = openDocument(
    'StartAt: Load\nStates:\n  End: {Type: Succeed}\n  Load:\n    Type: Task\n    Resource: arn:aws:states:::glue:startJobRun.sync\n    Parameters: {JobName: load-7f3}\n    Next: End\n',
    { fileName: 'load.asl.yaml' },
  );
  expect(compareDefinition(yaml, text)).toEqual({ states: [], isRestChanged: false });
});

test('states that are new, gone or others are counted, and what stands around them is told', () => {
  const { Load, End } = deployed.States;
  expect(driftOf({ ...deployed, States: { Load, End, More: { Type: 'Pass', End: true } } })).toBe(
    'differs in 1 state from dev',
  );
  expect(driftOf({ ...deployed, States: { Load: { ...Load, TimeoutSeconds: 5 } } })).toBe(
    'differs in 2 states from dev',
  );
  expect(driftOf({ ...deployed, TimeoutSeconds: 60 })).toBe('differs from dev');
});

test('what a template fills in later is like anything, and is shown as it is deployed', () => {
  const template = `
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/states
      Definition:
        StartAt: Load
        States:
          Load:
            Type: Task
            Resource: arn:aws:states:::glue:startJobRun.sync
            Parameters: {JobName: !Ref LoadJob}
            Next: End
          End: {Type: Succeed}
`;
  const [definition] = definitionsIn(template, { fileName: 'template.yaml' });
  expect(definition).toBeDefined();
  expect(compareDefinition(definition!, text)).toEqual({ states: [], isRestChanged: false });
  expect(filledDefinition(definition!, deployed)).toEqual(deployed);
});

test('what is no definition is compared with nothing', () => {
  expect(compareDefinition(openDocument('{"StartAt": '), text)).toBeUndefined();
  expect(compareDefinition(openDocument(text), 'no JSON')).toBeUndefined();
});
