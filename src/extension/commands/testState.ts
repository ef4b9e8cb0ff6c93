import { Uri, window, workspace, type TextDocument } from 'vscode';
import type { StateTest, StateTestResult } from '../../aws/stepFunctions/api.ts';
import type { AslDefinition, State } from '../../core/asl/index.ts';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import type { App } from '../app.ts';
import { pickDefinition } from '../prompts/pickDefinition.ts';
import { pickOne } from '../prompts/pickOne.ts';
import { withProgress } from '../prompts/progress.ts';
import { confirmPlace } from '../stages/confirmPlace.ts';
import { startKey } from '../starts/startHistory.ts';
import { askStateTest, toRemembered, type TestAnswers } from '../stateTests/askStateTest.ts';
import { withOptions, type OptionSubject } from '../stateTests/testOptions.ts';

type TestParts = Pick<App, 'connections' | 'startHistory' | 'outputDocuments' | 'stages' | 'clock'>;

/** Runs the state under the cursor by itself, with an input and an answer of the user's, and shows its data flow. */
export async function testState(app: TestParts, from?: unknown): Promise<void> {
  const { document, index } = await placeOf(from);
  const editor = window.activeTextEditor;
  const picked = await pickDefinition('Test State', { document, editor, named: index });
  if (!picked) return;
  const { definition } = picked;
  const state = await pickState(
    definition,
    editor?.document === document ? document.offsetAt(editor.selection.active) : -1,
  );
  if (!state) return;
  const key = startKey(document.uri.toString(), 'stateTest', state.name);
  const { active } = app.connections;
  const { variablesReadBy } = await import('../../core/asl/testedState.ts');
  const answers = await askStateTest({
    name: state.name,
    type: state.type ?? '',
    variables: variablesReadBy(state),
    sampleResult: await sampleOf(state),
    hasRetry: state.node.has('Retry'),
    hasItemReader: state.node.has('ItemReader'),
    file: document.uri,
    connection: active?.kind === 'local' ? undefined : active,
    last: await app.startHistory.last(key),
  });
  const { toSentDefinition } = await import('../../core/asl/awsValidation.ts');
  const { connection, input, level, roleArn, variables } = answers;
  const result = await run(app, connection, {
    definition: toSentDefinition(definition),
    stateName: state.name,
    input,
    inspectionLevel: level,
    ...(variables !== undefined && { variables }),
    ...withOptions(answers.options, optionSubject(state, answers)),
    ...(roleArn !== undefined && { roleArn }),
  });
  await app.startHistory.remember(key, { atMs: app.clock.now(), ...toRemembered(answers) });
  const { presentStateTest } = await import('../../views/stateTest/presentStateTest.ts');
  const markdown = presentStateTest({
    stateName: state.name,
    stateType: state.type ?? '',
    where: connection ? `on ${connectionLabel(connection)}` : 'on this machine',
    answer: describeAnswer(answers, state),
    level,
    result,
  });
  await app.outputDocuments.showTest(state.name, markdown);
}

async function run(app: TestParts, connection: Connection | undefined, test: StateTest): Promise<StateTestResult> {
  if (!connection) {
    const { testOnThisMachine } = await import('../stateTests/testOnThisMachine.ts');
    return await testOnThisMachine(test);
  }
  if (test.roleArn !== undefined) {
    await confirmPlace(connection, { verb: 'Test', name: test.stateName }, app);
  }
  return await withProgress(`Testing ${test.stateName} on ${connectionLabel(connection)}`, async (signal) => {
    const account = await app.connections.account(connection, signal);
    return await account.stepFunctions.testState(test, signal);
  });
}

/** A lens inside a template or program names a document and which of its definitions. */
async function placeOf(
  from: unknown,
): Promise<{ readonly document: TextDocument; readonly index: number | undefined }> {
  if (typeof from === 'object' && from !== null && 'uri' in from && 'index' in from) {
    const { uri, index } = from;
    if (typeof uri === 'string' && typeof index === 'number') {
      return { document: await workspace.openTextDocument(Uri.parse(uri)), index };
    }
  }
  const document = from instanceof Uri ? await workspace.openTextDocument(from) : window.activeTextEditor?.document;
  if (!document) throw new UserError('bad-input', 'No definition is open.', 'Open a state machine definition first.');
  return { document, index: undefined };
}

/** The innermost state around the cursor, or one that the user picks; undefined where the user left. */
async function pickState({ machine, lines }: AslDefinition, cursor: number): Promise<State | undefined> {
  const { stateAt } = await import('../../core/asl/testedState.ts');
  const states = machine?.states ?? [];
  if (!machine || states.length === 0) {
    throw new UserError('bad-input', 'This definition has no states.', 'Add one under "States", then test it.');
  }
  const around = stateAt(machine, cursor);
  if (around) return around;
  return await pickOne(
    'Test State',
    states.map((value) => ({
      label: value.name,
      description: `${value.type ?? ''} · line ${lines.positionAt(value.key.start).line + 1}`,
      value,
    })),
  );
}

function optionSubject({ name, type, node }: State, { mock }: TestAnswers): OptionSubject {
  return { name, type: type ?? '', hasRetry: node.has('Retry'), hasItemReader: node.has('ItemReader'), mock };
}

async function sampleOf({ type, node, scopes }: State): Promise<string> {
  if (type === 'Map') return '[]';
  if (type === 'Parallel') return JSON.stringify(scopes.map(() => null));
  const resource = node.get('Resource');
  if (type !== 'Task' || resource?.kind !== 'string') return '{}';
  const { parseTarget, sampleResult } = await import('../../core/interpreter/index.ts');
  return JSON.stringify(sampleResult(parseTarget(resource.value)));
}

function describeAnswer({ mock }: TestAnswers, { type, node }: State): string | undefined {
  if (mock) return 'result' in mock ? 'with a result of yours' : 'with an error of yours';
  const resource = node.get('Resource');
  return type === 'Task' && resource?.kind === 'string' ? `called ${resource.value}` : undefined;
}
