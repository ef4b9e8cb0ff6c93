import { expect, test } from 'vitest';
import { loadPicture, type PictureSource } from '../../../../src/views/graph/loadPicture.ts';

const trigger = (name: string, fields: string): string =>
  `  ${name}:\n    Type: AWS::Glue::Trigger\n    Properties: { Name: ${name}, WorkflowName: night, ${fields} }\n`;
const workflow = `Resources:\n  Night:\n    Type: AWS::Glue::Workflow\n    Properties: { Name: night }\n${trigger('Start', 'Type: ON_DEMAND, Actions: [{ JobName: load }]')}${trigger('Never', 'Type: CONDITIONAL, Predicate: { Conditions: [{ JobName: gone, State: SUCCEEDED }] }, Actions: [{ JobName: load }]')}`;
const machine =
  '  Flow:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition: { StartAt: A, States: { A: { Type: Succeed } } }\n';

function source(text: string, fileName = 't.yaml'): PictureSource {
  const languageId = fileName.endsWith('.json') ? 'json' : 'yaml';
  return { text, uri: `file:///${fileName}`, fileName, languageId, siblings: async () => await Promise.resolve([]) };
}

test('a template with a Glue workflow and no state machine draws the workflow, with its findings', async () => {
  const { graph, isBroken } = await loadPicture(source(workflow), 0);
  expect(isBroken).toBe(false);
  expect(graph.states.map(({ name }) => name)).toEqual(['Start', 'load', 'Never', 'gone']);
  expect(graph.states.find(({ name }) => name === 'Never')).toMatchObject({
    problem: 'This condition never holds: no trigger of the workflow starts the job "gone".',
  });
});

test('workflows of a template are counted behind its state machines', async () => {
  const both = source(`${workflow}${machine}`);
  expect((await loadPicture(both, 0)).graph.states.map(({ name }) => name)).toEqual(['A']);
  expect((await loadPicture(both, 1)).graph.states.map(({ name }) => name)).toContain('Never');
});

test('a definition by itself is drawn as one', async () => {
  const { graph } = await loadPicture(
    source('{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}', 'a.asl.json'),
  );
  expect(graph.states.map(({ name }) => name)).toEqual(['A']);
});
