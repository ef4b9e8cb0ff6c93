import type { ProgramCall } from '../../language/hosts/host.ts';
import type { JobType } from '../facts/commands.ts';
import type { ShapeName } from '../fields/spec.ts';

/** A call that makes something of Glue. */
export interface Construct {
  /** `level1` of the CDK, `pulumi`, `level2` of the CDK's constructs with names of their own. */
  readonly kind: 'level1' | 'pulumi' | 'level2' | 'sdk';
  readonly shape: ShapeName;
  /** Whether the first argument may be the object of fields; else it is a scope or a name. */
  readonly takes: 'object' | 'name';
  /** Of a level 2 construct of the CDK, whose class says it. */
  readonly jobType?: JobType;
  readonly update?: SdkCall['update'];
  /** Of a call of an SDK: fields of which it has one, if it is about Glue. */
  readonly needs?: readonly string[];
}

const SHAPES: Readonly<Record<string, ShapeName>> = {
  Job: 'job',
  Trigger: 'trigger',
  Workflow: 'workflow',
  Crawler: 'crawler',
  Connection: 'connection',
  SecurityConfiguration: 'securityConfiguration',
};

const LEVEL_TWO: Readonly<Record<string, JobType>> = {
  PySparkEtlJob: 'glueetl',
  PySparkFlexEtlJob: 'glueetl',
  ScalaSparkEtlJob: 'glueetl',
  ScalaSparkFlexEtlJob: 'glueetl',
  PySparkStreamingJob: 'gluestreaming',
  ScalaSparkStreamingJob: 'gluestreaming',
  PythonShellJob: 'pythonshell',
  RayJob: 'glueray',
};

interface SdkCall {
  readonly shape: ShapeName;
  /** The field that holds the new definition, and the one that names what is changed. */
  readonly update?: readonly [inside: string, name: string];
}

/** Calls of the SDKs, named as in Python. */
const SDK_CALLS: Readonly<Record<string, SdkCall>> = {
  create_job: { shape: 'job' },
  update_job: { shape: 'job', update: ['JobUpdate', 'JobName'] },
  start_job_run: { shape: 'jobRun' },
  create_trigger: { shape: 'trigger' },
  update_trigger: { shape: 'trigger', update: ['TriggerUpdate', 'Name'] },
  create_workflow: { shape: 'workflow' },
  create_crawler: { shape: 'crawler' },
  create_connection: { shape: 'connection' },
  create_security_configuration: { shape: 'securityConfiguration' },
};

/** The same by every name: `create_job`, `createJob`, `CreateJobCommand`. */
const SDK: ReadonlyMap<string, SdkCall> = new Map(
  Object.entries(SDK_CALLS).flatMap(([name, call]) => {
    const pascal = name.replaceAll(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
    const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
    return [name, camel, `${pascal}Command`].map((one) => [one, call] as const);
  }),
);

/** Fields of which one at least is in every call of the SDK that is about Glue: other services have jobs as well. */
const OWN_FIELDS: Readonly<Partial<Record<ShapeName, readonly string[]>>> = {
  job: ['Command', 'GlueVersion', 'WorkerType', 'DefaultArguments'],
  trigger: ['Actions', 'Type'],
  workflow: ['Name'],
  jobRun: ['JobName'],
  crawler: ['Targets'],
  connection: ['ConnectionInput'],
  securityConfiguration: ['EncryptionConfiguration'],
};

/** Constructs of the CDK's second level have the names of others and fields of their own. */
const LEVEL_TWO_FIELDS = /^(?:type|properties|s3_?encryption|cloud_?watch_?encryption|job_?bookmarks_?encryption)$/i;

/** What a call makes of Glue, by the names of Pulumi, the CDK and the SDKs; undefined for all other calls. */
export function constructOf({ callee, keywords, positional }: ProgramCall, text: string): Construct | undefined {
  const dot = callee.lastIndexOf('.');
  const [prefix, name] = [callee.slice(0, Math.max(0, dot)), callee.slice(dot + 1)];
  const sdk = SDK.get(name);
  if (sdk !== undefined) {
    const needs = sdk.update === undefined ? (OWN_FIELDS[sdk.shape] ?? []) : [sdk.update[0]];
    return { kind: 'sdk', takes: 'object', ...sdk, needs };
  }
  if (!isGlueModule(prefix, text)) return undefined;
  const jobType = LEVEL_TWO[name];
  if (jobType !== undefined) return { kind: 'level2', shape: 'job', takes: 'name', jobType };
  const shape = SHAPES[name.replace(/^Cfn/, '')];
  if (shape === undefined) return undefined;
  if (shape === 'connection' || shape === 'securityConfiguration') {
    const given = [keywords, ...positional].flatMap((one) => (one.kind === 'object' ? one.properties : []));
    if (given.some(({ key }) => LEVEL_TWO_FIELDS.test(key.value))) return undefined;
  }
  const isLevelTwo =
    name === 'Job' && [keywords, ...positional].some((one) => one.kind === 'object' && one.has('executable'));
  return { kind: isLevelTwo ? 'level2' : name.startsWith('Cfn') ? 'level1' : 'pulumi', shape, takes: 'name' };
}

/** `aws.glue`, `glue_alpha`, `_glue`, a name that the module was imported by; nothing where names were imported one by one. */
function isGlueModule(prefix: string, text: string): boolean {
  if (prefix === '') return /pulumi_aws\.glue|@pulumi\/aws\/glue|aws_glue|aws-glue/.test(text);
  if (/glue\w*$/i.test(prefix)) return !prefix.includes('awsglue');
  if (!/^\w+$/.test(prefix)) return false;
  return new RegExp(`glue\\w*\\s+as\\s+${prefix}\\b|\\*\\s+as\\s+${prefix}\\s+from\\s+["'][^"']*glue`).test(text);
}
