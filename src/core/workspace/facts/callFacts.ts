import type { ProgramCall, ProgramFile } from '../../language/hosts/host.ts';
import { callOf } from '../../language/hosts/program/reader.ts';
import { offsetsOf } from '../../language/rules/rule.ts';
import type { Node, ObjectNode } from '../../language/tree.ts';
import type { GivenArgument, Mention, StartFacts, ThingKind } from './facts.ts';
import { callsOf, helperOf, passedTo } from './helperFacts.ts';
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
}

/** What the calls of a program start, wait for and read. */
export function callFacts(file: ProgramFile, reading: Reading): CallFacts {
  const facts: CallFacts = { starts: [], mentions: [] };
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
    if (passing !== undefined) addHelper(facts, call, { caller: passing, fields, file, reading });
    if (caller === undefined) continue;
    const mention = mentionOf(caller.kind, firstOf(fields, caller.names), reading);
    addMention(facts, mention);
    if (mention && caller.arguments)
      facts.starts.push(startOf(mention, firstOf(fields, caller.arguments), reading, isUnclosed(fields)));
  }
  return facts;
}

/** What is started through a function of the file that passes the name on. */
function addHelper(
  facts: CallFacts,
  call: ProgramCall,
  {
    caller,
    fields,
    file,
    reading,
  }: {
    readonly caller: Caller;
    readonly fields: ObjectNode;
    readonly file: ProgramFile;
    readonly reading: Reading;
  },
): void {
  if (file.language !== 'python') return;
  const given = caller.arguments && firstOf(fields, caller.arguments);
  const helper = helperOf(call, caller, { name: firstOf(fields, caller.names), given, text: reading.text });
  if (helper === undefined) return;
  for (const use of callsOf(helper, file)) {
    const mention = mentionOf(caller.kind, passedTo(helper, helper.nameParameter, use), reading);
    addMention(facts, mention);
    if (mention === undefined || caller.arguments === undefined) continue;
    const list =
      helper.given.kind === 'parameter'
        ? passedTo(helper, helper.given.name, use)
        : helper.given.kind === 'node'
          ? helper.given.node
          : undefined;
    const start = startOf(mention, list, reading, isUnclosed(fields) || isUnclosed(use.keywords));
    // What the function writes itself is not to be told at each of its calls.
    facts.starts.push(helper.given.kind === 'node' ? { ...start, anchor: mention.span } : start);
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

function startOf(job: Mention, list: Node | undefined, { text }: Reading, mayHaveMore: boolean): StartFacts {
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
  const anchor = list?.parent === undefined ? job.span : offsetsOf({ kind: 'key', node: list });
  return { job, by: 'operator', given, isOpen, anchor, addition: undefined };
}

/** An object, or the one in `sfn.TaskInput.from_object({…})`. */
function objectIn(node: Node | undefined): ObjectNode | undefined {
  if (node?.kind === 'object') return node;
  const call = node && callOf(node);
  const isInput = call !== undefined && /\.(?:from_object|fromObject)$/.test(call.callee);
  const [first] = isInput ? call.positional : [];
  return first?.kind === 'object' ? first : undefined;
}
