import type { ProgramCall, ProgramFile } from '../../language/hosts/host.ts';
import { callOf } from '../../language/hosts/program/reader.ts';
import { ArrayNode, SPREAD, StringNode, UnknownNode, type Node, type ObjectNode } from '../../language/tree.ts';
import { buildHolding, buildJob, buildTrigger, buildWorkflow } from '../build.ts';
import type { JobType } from '../facts/commands.ts';
import type { Resource } from '../model.ts';
import { Part } from '../part.ts';
import type { Dialect } from '../dialect.ts';
import { knownText } from '../values.ts';
import { constructOf, type Construct } from './constructs.ts';
import { entriesOf, standing, standingObject, type Entry, type Reading } from './standing.ts';

/** What a program makes of Glue with Pulumi, the CDK or an SDK, in the order of the text. */
export function resourcesInProgram(file: ProgramFile): Resource[] {
  const read = readingOf(file);
  const connections = connectionNames(file);
  return file.calls.flatMap((call): Resource[] => {
    const construct = constructOf(call, file.text);
    const given = construct && givenTo(call, construct, { read, text: file.text });
    if (given === undefined || construct === undefined) return [];
    if (construct.needs?.some((field) => given.has(field)) === false) return [];
    if (construct.update !== undefined) return updated(given, construct, call, { read, text: file.text });
    const { start, end } = call.node;
    const entries =
      construct.kind === 'level2' ? levelTwoEntries(given, construct.jobType, call, connections) : entriesOf(given);
    const issues = construct.kind === 'level2' ? SPREAD : given.issues;
    const node = standingObject({ start, end }, entries, { read, ...(issues && { issues }) });
    return [built(node, construct, call, file.text)];
  });
}

const DIALECT: Readonly<Record<Construct['kind'], Dialect>> = {
  level1: 'cdk',
  level2: 'program',
  pulumi: 'program',
  sdk: 'sdk',
};

function built(node: ObjectNode, { kind, shape }: Construct, call: ProgramCall, source: string): Resource {
  const part = new Part(node, shape, { dialect: DIALECT[kind], source });
  const address = variableOf(call.node, source);
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

/** What `update_job` and the like make of something that is there. */
function updated(
  given: ObjectNode,
  { shape, update: [inside, by] = ['', ''] }: Construct,
  call: ProgramCall,
  { read, text }: { readonly read: Reading; readonly text: string },
): Resource[] {
  const whole = standingObject(call.node, entriesOf(given), { read });
  const definition = whole.get(inside);
  if (definition?.kind !== 'object') return [];
  const part = new Part(definition, shape, { dialect: 'sdk', source: text });
  const name = knownText(whole.get(by), text);
  if (shape === 'trigger') return [buildTrigger(part, { use: 'update', name })];
  return [buildJob(part, { use: 'update', ...(name !== undefined && { name }) })];
}

/** The object of fields: keywords, or the last argument that is one or builds one. */
function givenTo(
  { keywords, positional, node: { start, end } }: ProgramCall,
  { takes }: Construct,
  { read, text }: { readonly read: Reading; readonly text: string },
): ObjectNode | undefined {
  if (keywords.properties.length > 0) return keywords;
  const unpacked = /\(\s*\*\*(\w+)\s*,?\s*\)$/.exec(text.slice(start, end));
  if (unpacked?.[1] !== undefined) {
    const at = start + unpacked.index + unpacked[0].indexOf('**') + 2;
    const value = read(new UnknownNode(at, unpacked[1].length, 'intrinsic'));
    return value?.kind === 'object' ? value : undefined;
  }
  const last = positional.slice(takes === 'object' ? 0 : 1).at(-1);
  const node = last && (read(last) ?? last);
  return node?.kind === 'object' ? node : undefined;
}

/** What a level 2 construct of the CDK says of the command by its class and `executable` says. */
function levelTwoEntries(
  given: ObjectNode,
  type: JobType | undefined,
  { node, callee }: ProgramCall,
  connections: ConnectionNames,
): Entry[] {
  const entries: Entry[] = [];
  const executable = given.get('executable');
  const inner = executable && callOf(executable);
  const [details] = [inner?.keywords, inner?.positional[0]].filter(
    (one) => one?.kind === 'object' && one.properties.length > 0,
  );
  for (const entry of [...entriesOf(given), ...(details?.kind === 'object' ? entriesOf(details) : [])]) {
    const name = LEVEL_TWO_NAMES[entry.key.name] ?? entry.key.name;
    if (name === 'connections') entries.push(...connectionsOf(entry, connections));
    if (LEVEL_TWO_OTHERS.has(name)) continue;
    entries.push({ key: { ...entry.key, name }, value: entry.value });
  }
  const { start } = node;
  const at = { start, end: start + callee.length };
  if (/Flex\w*$/.test(callee)) {
    entries.push({ key: { name: 'execution_class', ...at }, value: new StringNode(start, callee.length, 'FLEX', 0) });
  }
  const jobType = type ?? typeOfExecutable(inner?.callee);
  if (jobType === undefined) return entries;
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

/** The name of a connection that a value of the program stands for, where the account has it already. */
type ConnectionNames = (node: Node) => StringNode | undefined;

/** `glue.Connection.from_connection_name(self, "Shop", "shop-db")`, by itself or in a variable. */
function connectionNames(file: ProgramFile): ConnectionNames {
  const nameIn = ({ callee, positional: [, , name] }: ProgramCall): StringNode | undefined =>
    /\bConnection\.from_?connection_?name$/i.test(callee) && name?.kind === 'string' ? name : undefined;
  let variables: Map<string, StringNode[]> | undefined;
  return (node) => {
    const call = callOf(node);
    if (call !== undefined) return nameIn(call);
    if (variables === undefined) {
      variables = new Map();
      for (const one of file.calls) {
        const [variable, name] = [variableOf(one.node, file.text), nameIn(one)];
        if (variable !== undefined && name !== undefined) {
          variables.set(variable, [...(variables.get(variable) ?? []), name].slice(0, 2));
        }
      }
    }
    const [only, second] = variables.get(file.text.slice(node.start, node.end).replace(/^(?:self|this)\./, '')) ?? [];
    return second === undefined ? only : undefined;
  };
}

/** A list of connections as the API has it; those that only the program knows are left out. */
function connectionsOf({ key, value }: Entry, nameOf: ConnectionNames): Entry[] {
  if (value.kind !== 'array') return [];
  const { start, end } = value;
  const read: Reading = () => undefined;
  const names = value.items.flatMap((item) => nameOf(item) ?? []);
  const list = new ArrayNode(
    start,
    end - start,
    names.map((name) => standing(name, start, read)),
    names.length < value.items.length ? SPREAD : undefined,
  );
  const inner = standingObject(value, [{ key: { name: 'connections', start, end }, value: list }], { read });
  return [{ key, value: inner }];
}

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

/** Variables in variables are followed so far. */
const MAX_VARIABLES = 3;

/** Reads the calls that build objects, the members of enumerations, and variables that hold an object written above. */
function readingOf(file: ProgramFile): Reading {
  let assigned: Variables | undefined;
  const reading =
    (depth: number): Reading =>
    (node) => {
      if (node.kind !== 'unknown') return undefined;
      const call = callOf(node);
      if (call !== undefined) return builtObject(call) ?? builtWord(call);
      const source = file.text.slice(node.start, node.end);
      if (!/^[A-Za-z_$][\w$]*$/.test(source)) return enumMember(source, node);
      if (depth >= MAX_VARIABLES) return undefined;
      assigned ??= variablesOf(file);
      return variableValue(assigned.get(source) ?? [], node, reading(depth + 1));
    };
  return reading(0);
}

/** The object that a call builds of its keywords: `glue.JobCommandArgs(name="glueetl")`. */
function builtObject({ callee, positional, keywords }: ProgramCall): ObjectNode | undefined {
  const isObject = /(?:Args|ArgsDict|Property|^dict)$/.test(callee) && positional.length === 0;
  return isObject && keywords.properties.length > 0 ? keywords : undefined;
}

/** `glue.WorkerType.of("G.1X")`. */
function builtWord({ callee, positional: [first] }: ProgramCall): Node | undefined {
  return /\b(?:GlueVersion|WorkerType)\.of$/.test(callee) && first?.kind === 'string' ? first : undefined;
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
      return member === 'STANDARD' ? 'Standard' : member.replace(/^([A-Z])_(\d+)_?X$/, '$1.$2X');
    case 'PythonVersion':
      return { TWO: '2', THREE: '3', THREE_NINE: '3.9' }[member];
    case 'ExecutionClass':
      return member;
    default:
      return undefined;
  }
}

type Variables = ReadonlyMap<string, readonly ObjectNode[]>;

/** The objects that each variable is given. */
function variablesOf({ text, objects, calls }: ProgramFile): Variables {
  const found = new Map<string, ObjectNode[]>();
  const add = (node: Node, object: ObjectNode): void => {
    const name = variableOf(node, text);
    if (name === undefined) return;
    const known = found.get(name);
    if (known) known.push(object);
    else found.set(name, [object]);
  };
  for (const object of objects) add(object, object);
  for (const call of calls) {
    const object = builtObject(call);
    if (object !== undefined) add(call.node, object);
  }
  return found;
}

/** The object that a variable was given at one place only; more may be put into it later. */
function variableValue(assigned: readonly ObjectNode[], node: Node, read: Reading): Node | undefined {
  const [only, second] = assigned.filter((object) => object.end < node.start);
  if (only === undefined || second !== undefined) return undefined;
  const { start, end } = only;
  return standingObject({ start, end }, entriesOf(only), { read, issues: SPREAD });
}

/** The variable that a call's result or a literal is given; an argument of another call is given to none. */
function variableOf({ start: offset, parent }: Pick<Node, 'start' | 'parent'>, text: string): string | undefined {
  if (parent !== undefined) return undefined;
  const before = text.slice(Math.max(0, offset - 200), offset);
  return /(?:^|[\s;.])([A-Za-z_$][\w$]*)\s*(?::\s*[\w$.<>,[\] |]+?)?\s*=\s*(?:new\s+)?$/.exec(before)?.[1];
}
