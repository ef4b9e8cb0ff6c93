import type { ProgramCall } from '../../language/hosts/host.ts';
import type { ObjectNode } from '../../language/tree.ts';
import type { JobType } from '../facts/commands.ts';
import type { ShapeName } from '../fields/spec.ts';

/** A call that makes something of Glue. */
export interface Construct {
  readonly kind: 'level1' | 'level2' | 'sdk';
  readonly shape: ShapeName;
  /** Whether the first argument may be the object of fields; else it is a scope or a name. */
  readonly takes: 'object' | 'name';
  /** Of a level 2 construct of the CDK, whose class says it. */
  readonly jobType?: JobType;
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

const SDK: Readonly<Record<string, ShapeName>> = {
  create_job: 'job',
  createJob: 'job',
  CreateJobCommand: 'job',
  create_trigger: 'trigger',
  createTrigger: 'trigger',
  CreateTriggerCommand: 'trigger',
  start_job_run: 'jobRun',
  startJobRun: 'jobRun',
  StartJobRunCommand: 'jobRun',
  create_crawler: 'crawler',
  createCrawler: 'crawler',
  CreateCrawlerCommand: 'crawler',
  create_connection: 'connection',
  createConnection: 'connection',
  CreateConnectionCommand: 'connection',
  create_security_configuration: 'securityConfiguration',
  createSecurityConfiguration: 'securityConfiguration',
  CreateSecurityConfigurationCommand: 'securityConfiguration',
};

/** Fields of which one at least is in every call of the SDK that is about Glue: other services have jobs as well. */
const OWN_FIELDS: Readonly<Partial<Record<ShapeName, readonly string[]>>> = {
  job: ['Command'],
  trigger: ['Actions'],
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
  const sdk = SDK[name];
  if (sdk !== undefined)
    return isOfGlue(sdk, keywords, positional[0]) ? { kind: 'sdk', shape: sdk, takes: 'object' } : undefined;
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
  return { kind: isLevelTwo ? 'level2' : 'level1', shape, takes: 'name' };
}

function isOfGlue(
  shape: ShapeName,
  keywords: ObjectNode,
  first: ProgramCall['positional'][number] | undefined,
): boolean {
  return (OWN_FIELDS[shape] ?? []).some(
    (field) => keywords.has(field) || (first?.kind === 'object' && first.has(field)),
  );
}

/** `aws.glue`, `glue_alpha`, `_glue`, a name that the module was imported by; nothing where names were imported one by one. */
function isGlueModule(prefix: string, text: string): boolean {
  if (prefix === '') return /pulumi_aws\.glue|@pulumi\/aws\/glue|aws_glue|aws-glue/.test(text);
  if (/glue\w*$/i.test(prefix)) return !prefix.includes('awsglue');
  if (!/^\w+$/.test(prefix)) return false;
  return new RegExp(`glue\\w*\\s+as\\s+${prefix}\\b|\\*\\s+as\\s+${prefix}\\s+from\\s+["'][^"']*glue`).test(text);
}
