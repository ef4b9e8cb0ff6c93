import type { ProgramCall, ProgramFile } from '../../language/hosts/host.ts';
import { callOf } from '../../language/hosts/program/reader.ts';
import { offsetsOf } from '../../language/rules/rule.ts';
import type { Node, ObjectNode } from '../../language/tree.ts';
import type {
  GivenArgument,
  GivenArguments,
  HelperFunction,
  ImportedCall,
  Mention,
  Span,
  StartFacts,
  ThingKind,
} from './facts.ts';
import { callsOf, Helpers, passedTo, type Helper } from './helperFacts.ts';
import { importedCalls } from './importedCalls.ts';
import { importsIn } from './pythonImports.ts';
import { mentionOf, type Reading } from './reference.ts';
import { spanOf, spotIn } from './spot.ts';

/** A keyword that names a thing; with `arguments`, the call starts a job and passes that to it. */
export interface Caller {
  readonly kind: ThingKind;
  readonly names: readonly string[];
  readonly arguments?: readonly string[];
}

const JOB: Caller = { kind: 'job', names: ['JobName', 'job_name', 'jobName'] };

/** Its own calls are read as configs; those of a function around it are not. */
const START_JOB_RUN: Caller = { ...JOB, arguments: ['Arguments'] };

/** Methods of boto3 and the AWS SDK, operators and sensors of Airflow, tasks of the CDK. `start_job_run` is read as a config. */
const CALLERS: Readonly<Record<string, Caller>> = {
  get_job_run: JOB,
  get_job_runs: JOB,
  batch_stop_job_run: JOB,
  get_job: JOB,
  start_workflow_run: { kind: 'workflow', names: ['Name'] },
  get_workflow_run: { kind: 'workflow', names: ['Name'] },
  start_crawler: { kind: 'crawler', names: ['Name'] },
  get_crawler: { kind: 'crawler', names: ['Name'] },
  start_trigger: { kind: 'trigger', names: ['Name'] },
  start_execution: { kind: 'stateMachine', names: ['stateMachineArn'] },
  start_sync_execution: { kind: 'stateMachine', names: ['stateMachineArn'] },
  StartExecutionCommand: { kind: 'stateMachine', names: ['stateMachineArn'] },
  GlueJobOperator: { ...JOB, arguments: ['script_args'] },
  AwsGlueJobOperator: { ...JOB, arguments: ['script_args'] },
  GlueJobSensor: JOB,
  GlueCrawlerSensor: { kind: 'crawler', names: ['crawler_name'] },
  StepFunctionStartExecutionOperator: { kind: 'stateMachine', names: ['state_machine_arn'] },
  GlueStartJobRun: { kind: 'job', names: ['glue_job_name', 'glueJobName'], arguments: ['arguments'] },
};

export interface CallFacts {
  readonly starts: StartFacts[];
  readonly mentions: Mention[];
  readonly helpers: HelperFunction[];
  readonly importedCalls: readonly ImportedCall[];
}

/** What the calls of a program start, wait for and read. */
export function callFacts(file: ProgramFile, reading: Reading): CallFacts {
  const isPython = file.language === 'python';
  const imported = isPython ? importedCalls(file, reading, givenIn) : [];
  const facts: CallFacts = { starts: [], mentions: [], helpers: [], importedCalls: imported };
  const helpers = isPython ? new Helpers(reading.text) : undefined;
  for (const call of file.calls) {
    const name = call.callee.slice(call.callee.lastIndexOf('.') + 1);
    if (name === 'GlueCrawlerOperator' || name === 'AwsGlueCrawlerOperator') {
      const config = call.keywords.get('config');
      addMention(facts, mentionOf('crawler', config?.kind === 'object' ? config.get('Name') : undefined, reading));
      continue;
    }
    const caller = Object.hasOwn(CALLERS, name) ? CALLERS[name] : undefined;
    const fields = fieldsOf(call);
    if (fields === undefined) continue;
    const passing = caller ?? (name === 'start_job_run' ? START_JOB_RUN : undefined);
    const helper =
      passing &&
      helpers?.around(call, passing, {
        name: firstOf(fields, passing.names),
        given: passing.arguments && firstOf(fields, passing.arguments),
      });
    if (helper !== undefined) addHelper(facts, helper, { file, reading, isOpen: isUnclosed(fields) });
    if (caller === undefined) continue;
    const mention = mentionOf(caller.kind, firstOf(fields, caller.names), reading);
    addMention(facts, mention);
    if (mention && caller.arguments)
      facts.starts.push({
        job: mention,
        by: 'operator',
        ...givenIn(firstOf(fields, caller.arguments), reading.text, {
          anchor: mention.span,
          isOpen: isUnclosed(fields),
        }),
      });
  }
  return facts;
}

/** What is started through a function that passes the name on: by calls in its own file now, by those of others later. */
function addHelper(
  facts: CallFacts,
  helper: Helper,
  { file, reading, isOpen }: { readonly file: ProgramFile; readonly reading: Reading; readonly isOpen: boolean },
): void {
  const { caller, given, nameParameter } = helper;
  const { kind } = caller;
  const written = given.kind === 'node' ? givenIn(given.node, reading.text, { anchor: given.node, isOpen }) : undefined;
  if (helper.exportedAs !== undefined) {
    const { exportedAs: name, parameters, positionalCount } = helper;
    const list = written ?? givenIn(undefined, reading.text, { anchor: helper, isOpen });
    const isStart = caller.arguments !== undefined;
    const passes = given.kind === 'parameter' ? { parameter: given.name } : { list };
    facts.helpers.push({ name, kind, parameters, positionalCount, nameParameter, given: isStart ? passes : undefined });
  }
  const isModule = (name: string): boolean =>
    importsIn(reading).some((one) => one.name === undefined && one.as === name);
  for (const use of callsOf(helper, file, isModule)) {
    const passed = { positional: use.positional, keyword: (name: string): Node | undefined => use.keywords.get(name) };
    const mention = mentionOf(kind, passedTo(helper, nameParameter, passed), reading);
    addMention(facts, mention);
    if (mention === undefined || caller.arguments === undefined) continue;
    const list = given.kind === 'parameter' ? passedTo(helper, given.name, passed) : undefined;
    // What the function writes itself is not to be told at each of its calls.
    const read = written
      ? { ...written, anchor: mention.span }
      : givenIn(list, reading.text, { anchor: mention.span, isOpen: isOpen || isUnclosed(use.keywords) });
    facts.starts.push({ job: mention, by: 'operator', ...read });
  }
}

function isUnclosed({ issues }: ObjectNode): boolean {
  return issues?.unclosed === true;
}

function addMention({ mentions }: CallFacts, mention: Mention | undefined): void {
  if (mention) mentions.push(mention);
}

/** Keywords, or the last argument that is an object. */
function fieldsOf({ keywords, positional }: ProgramCall): ObjectNode | undefined {
  if (keywords.properties.length > 0) return keywords;
  const last = positional.at(-1);
  return last?.kind === 'object' ? last : undefined;
}

function firstOf(fields: ObjectNode, names: readonly string[]): Node | undefined {
  for (const name of names) if (fields.has(name)) return fields.get(name);
  return undefined;
}

/** What a value is as the arguments of a run; with none of its own, `anchor` is where to say that one is missing. */
export function givenIn(
  list: Node | undefined,
  text: string,
  { anchor, isOpen: mayHaveMore }: { readonly anchor: Span; readonly isOpen: boolean },
): GivenArguments {
  const object = objectIn(list);
  const given = (object?.properties ?? []).flatMap(({ key, value }): GivenArgument[] => {
    if (/[${<]/.test(key.value)) return [];
    const from = /^-*/.exec(key.value)?.[0].length ?? 0;
    const known = value.kind === 'string' ? value.value : undefined;
    const name = key.value.slice(from);
    return [{ name, written: key.value, spot: spotIn(key, text, from), key: spanOf(key), value: known }];
  });
  const isOpen =
    mayHaveMore ||
    (list !== undefined && object === undefined) ||
    object?.issues?.unclosed === true ||
    given.length < (object?.properties.length ?? 0);
  const place = list?.parent === undefined ? spanOf(anchor) : offsetsOf({ kind: 'key', node: list });
  return { given, isOpen, anchor: place, addition: undefined };
}

/** An object, or the one in `sfn.TaskInput.from_object({…})`. */
function objectIn(node: Node | undefined): ObjectNode | undefined {
  if (node?.kind === 'object') return node;
  const call = node && callOf(node);
  const isInput = call !== undefined && /\.(?:from_object|fromObject)$/.test(call.callee);
  const [first] = isInput ? call.positional : [];
  return first?.kind === 'object' ? first : undefined;
}
