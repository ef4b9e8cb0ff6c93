import type { ProgramCall, ProgramFile } from '../../language/hosts/host.ts';
import { callOf } from '../../language/hosts/program/reader.ts';
import { SPREAD, StringNode, type Node, type ObjectNode } from '../../language/tree.ts';
import { buildHolding, buildJob, buildTrigger, buildWorkflow } from '../build.ts';
import type { JobType } from '../facts/commands.ts';
import type { Resource } from '../model.ts';
import { Part } from '../part.ts';
import { constructOf, type Construct } from './constructs.ts';
import { entriesOf, standingObject, type Entry, type Reading } from './standing.ts';

/** What a program makes of Glue with Pulumi, the CDK or an SDK, in the order of the text. */
export function resourcesInProgram(file: ProgramFile): Resource[] {
  const read = readingOf(file);
  return file.calls.flatMap((call): Resource[] => {
    const construct = constructOf(call, file.text);
    const given = construct && givenTo(call, construct, read);
    if (given === undefined || construct === undefined) return [];
    const { start, end } = call.node;
    const entries = construct.kind === 'level2' ? levelTwoEntries(given, construct.jobType, call) : entriesOf(given);
    const issues = construct.kind === 'level2' ? SPREAD : given.issues;
    const node = standingObject({ start, end }, entries, { read, ...(issues && { issues }) });
    return [built(node, construct, call, file.text)];
  });
}

function built(node: ObjectNode, { kind, shape }: Construct, call: ProgramCall, source: string): Resource {
  const part = new Part(node, shape, { dialect: kind === 'sdk' ? 'sdk' : 'program', source });
  const address = variableBefore(source, call.node.start);
  const { start } = call.node;
  const anchor = {
    kind: 'text',
    start,
    end: start + (/^(?:new\s+)?[\w$.]+/.exec(source.slice(start))?.[0].length ?? 1),
  } as const;
  switch (shape) {
    case 'trigger':
      return buildTrigger(part, { anchor, address });
    case 'workflow':
      return buildWorkflow(part, { anchor, address });
    case 'jobRun':
      return buildJob(part, { anchor, address, use: 'run' });
    case 'crawler':
    case 'connection':
    case 'securityConfiguration':
      return buildHolding(shape, part, { anchor, address });
    default:
      return buildJob(part, { anchor, address });
  }
}

/** The object of fields: keywords, or the last argument that is one or builds one. */
function givenTo({ keywords, positional }: ProgramCall, { takes }: Construct, read: Reading): ObjectNode | undefined {
  if (keywords.properties.length > 0) return keywords;
  const last = positional.slice(takes === 'object' ? 0 : 1).at(-1);
  const node = last && (read(last) ?? last);
  return node?.kind === 'object' ? node : undefined;
}

/** What a level 2 construct of the CDK says of the command by its class and `executable` says. */
function levelTwoEntries(given: ObjectNode, type: JobType | undefined, { node, callee }: ProgramCall): Entry[] {
  const entries: Entry[] = [];
  const executable = given.get('executable');
  const inner = executable && callOf(executable);
  const [details] = [inner?.keywords, inner?.positional[0]].filter(
    (one) => one?.kind === 'object' && one.properties.length > 0,
  );
  for (const entry of [...entriesOf(given), ...(details?.kind === 'object' ? entriesOf(details) : [])]) {
    const name = LEVEL_TWO_NAMES[entry.key.name] ?? entry.key.name;
    if (LEVEL_TWO_OTHERS.has(name)) continue;
    entries.push({ key: { ...entry.key, name }, value: entry.value });
  }
  const jobType = type ?? typeOfExecutable(inner?.callee);
  if (jobType === undefined) return entries;
  const { start } = node;
  const at = { start, end: start + callee.length };
  const text = new StringNode(start, callee.length, jobType, 0);
  const command = standingObject(at, [{ key: { name: 'name', ...at }, value: text }], {
    read: () => undefined,
    issues: SPREAD,
  });
  return [...entries, { key: { name: 'command', ...at }, value: command }];
}

/** Fields of the constructs that have another name in the API. */
const LEVEL_TWO_NAMES: Readonly<Record<string, string>> = {
  worker_count: 'number_of_workers',
  workerCount: 'numberOfWorkers',
  job_name: 'name',
  jobName: 'name',
};

/** Fields of the constructs that are of another kind than those of the API. */
const LEVEL_TWO_OTHERS: ReadonlySet<string> = new Set([
  'command',
  'connections',
  'executable',
  'role',
  'script',
  'security_configuration',
  'securityConfiguration',
  'timeout',
]);

function typeOfExecutable(callee = ''): JobType | undefined {
  const name = callee
    .slice(callee.lastIndexOf('.') + 1)
    .replaceAll('_', '')
    .toLowerCase();
  if (/etl$/.test(name)) return 'glueetl';
  if (/streaming$/.test(name)) return 'gluestreaming';
  if (/shell$/.test(name)) return 'pythonshell';
  return /ray$/.test(name) ? 'glueray' : undefined;
}

/** Reads the calls that build objects, the members of enumerations, and variables that hold an object written above. */
function readingOf({ text, objects }: ProgramFile): Reading {
  return (node) => {
    if (node.kind !== 'unknown') return undefined;
    const call = callOf(node);
    const source = text.slice(node.start, node.end);
    if (call !== undefined) {
      const isObject = /(?:Args|ArgsDict|Property|^dict)$/.test(call.callee) && call.positional.length === 0;
      return isObject && call.keywords.properties.length > 0 ? call.keywords : undefined;
    }
    return enumMember(source, node) ?? variableValue(source, node, text, objects);
  };
}

/** `glue.GlueVersion.V4_0` is `4.0`. */
function enumMember(source: string, { start, end }: Node): Node | undefined {
  const [, type = '', member = ''] =
    /\b(GlueVersion|WorkerType|PythonVersion|ExecutionClass)\.([A-Z][A-Z0-9_]*)$/.exec(source) ?? [];
  const value = memberValue(type, member);
  return value === undefined ? undefined : new StringNode(start, end - start, value, 0);
}

function memberValue(type: string, member: string): string | undefined {
  switch (type) {
    case 'GlueVersion':
      return /^V\d_\d$/.test(member) ? member.slice(1).replace('_', '.') : undefined;
    case 'WorkerType':
      return member === 'STANDARD' ? 'Standard' : member.replace('_', '.');
    case 'PythonVersion':
      return { TWO: '2', THREE: '3', THREE_NINE: '3.9' }[member];
    case 'ExecutionClass':
      return member;
    default:
      return undefined;
  }
}

/** The object that a variable was given at one place only; more may be put into it later. */
function variableValue(source: string, node: Node, text: string, objects: readonly ObjectNode[]): Node | undefined {
  if (!/^[A-Za-z_$][\w$]*$/.test(source)) return undefined;
  const assigned = objects.filter((object) => object.end < node.start && variableBefore(text, object.start) === source);
  const [only, second] = assigned;
  if (only === undefined || second !== undefined) return undefined;
  const { start, end } = only;
  return standingObject({ start, end }, entriesOf(only), { read: () => undefined, issues: SPREAD });
}

/** The variable that what begins at an offset is assigned to. */
function variableBefore(text: string, offset: number): string | undefined {
  const before = text.slice(Math.max(0, offset - 200), offset);
  return /(?:^|[\s;.])([A-Za-z_$][\w$]*)\s*(?::\s*[\w$.<>,[\] |]+?)?\s*=\s*(?:new\s+)?$/.exec(before)?.[1];
}
