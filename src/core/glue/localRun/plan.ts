import type { GlueImage } from './image.ts';
import type { LocalJob } from './job.ts';
import type { MountedFolder } from './paths.ts';
import { debugEnvironment, debugProgram } from './debugProgram.ts';
import { containerProgram, relayPorts, type RelayWait } from './program.ts';
import { replCommand } from './replProgram.ts';
import { splitConfs, splitEnvironment, splitList, scriptArguments } from './scriptArguments.ts';
import { isMapped, mappingConfs, mappingMounts, type S3Mapping } from './s3Mapping.ts';
import type { ContainerSpec, LayerSpec, PublishedPort } from './spec.ts';
import { testDebugPort } from './testProgram.ts';
import { localWarnings } from './warnings.ts';

/** Whose data the run sees: that of an AWS account, of the Local connection, or none. */
export type Reach = 'aws' | 'local' | 'none';

/** What the container does. */
export type Stage =
  | { readonly kind: 'run' }
  /** Waits for a debugger on a port of the machine's 127.0.0.1. */
  | { readonly kind: 'debug'; readonly hostPort: number }
  /** Runs no script and stays, for the programs that are executed in it; a debugger of theirs is reached at the port. */
  | { readonly kind: 'tests'; readonly hostPort: number; readonly packages: readonly string[] }
  /** Runs no script and stays, for the `pyspark` of a terminal. */
  | { readonly kind: 'repl' };

export interface LocalRunRequest {
  readonly job: LocalJob;
  readonly stage: Stage;
  readonly image: GlueImage;
  /** Absolute path of the workspace folder, of any system. */
  readonly folder: string;
  /** From the folder, with `/` between the parts. */
  readonly script: string;
  readonly scriptText: string;
  /** Unique over all machines: letters, digits and dashes. */
  readonly runId: string;
  readonly region: string;
  readonly reach: Reach;
  /** Files of the workspace, from the folder, by the S3 location that the job names them by. */
  readonly files: ReadonlyMap<string, string>;
  readonly mappings: readonly S3Mapping[];
  /** Added by the user for this script. */
  readonly env: Readonly<Record<string, string>>;
  /** User and group that own the workspace where the engine does not translate them: Linux without Docker Desktop. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Port of the machine's 127.0.0.1 for Spark's web interface. */
  readonly sparkUiPort?: number;
}

export interface LocalRunPlan {
  readonly container: ContainerSpec;
  /** Installed first; the container then runs on the image that this gives. */
  readonly layer?: LayerSpec;
  /** What is different from AWS, each in a sentence. */
  readonly warnings: readonly string[];
  readonly timeoutMs?: number;
  /** Of the stage `repl`: what is executed in the container, with a terminal. */
  readonly repl?: readonly string[];
}

/** Port in the container on which debugpy waits. */
const debugPort = 5_678;
const sparkUi = 4_040;

/**
 * What an engine has to be told to run a Glue job's script as AWS would: image, mounts, environment and command. Pure: the
 * same request gives the same plan.
 */
export function planLocalRun(request: LocalRunRequest): LocalRunPlan {
  const { job, image, stage, folder, runId, owner, mappings } = request;
  const { home } = image;
  const workspace: MountedFolder = { source: folder, target: `${home}/workspace` };
  const s3 = mappingMounts(mappings, home);
  const python = pythonFiles(request, workspace.target);
  const jars = locate(request, '--extra-jars', workspace.target);
  const driver = splitEnvironment(job.arguments['--customer-driver-env-vars']);
  const executor = splitEnvironment(job.arguments['--customer-executor-env-vars']);
  const confs = [...sparkConfs(request), ...mappingConfs(mappings, s3), ...splitConfs(job.arguments['--conf'])];
  const script = `${workspace.target}/${request.script}`;
  const sparkOptions = [
    ...['--master', 'local[*]'],
    ...confs.flatMap((conf) => ['--conf', conf]),
    ...(python.archives.length > 0 ? ['--py-files', python.archives.join(',')] : []),
    ...(jars.found.length > 0 ? ['--jars', jars.found.join(',')] : []),
  ];
  const staysWarm = stage.kind === 'tests' || stage.kind === 'repl';
  const submit = [
    'spark-submit',
    ...sparkOptions,
    ...(stage.kind === 'debug' ? [debugLauncher, '0.0.0.0', String(debugPort)] : []),
    script,
    ...scriptArguments(job.name, job.arguments),
  ];
  const layer = layerOf(request, workspace);
  const who = owner ? [String(owner.uid), String(owner.gid)] : ['-', '-'];
  const wait = relayWait(request, [...python.archives, ...jars.found, ...confs]);
  const warnings = [
    ...(image.note === undefined ? [] : [image.note]),
    ...localWarnings(request),
    ...python.warnings,
    ...jars.warnings,
    ...[...driver.ignored, ...executor.ignored].map(
      (key) => `Glue ignores the variable ${key}: its name does not begin with CUSTOMER_.`,
    ),
    ...extraFileWarnings(request),
    ...mappingWarnings(request),
  ];
  return {
    container: {
      image: image.reference,
      name: `sluice-${job.name.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 60)}-${runId}`,
      labels: { 'dev.sluice.run': runId },
      entrypoint: 'bash',
      command: [
        ...['-l', '-c', stage.kind === 'debug' ? withDebugger : containerProgram, 'sluice', ...who, wait],
        ...(staysWarm ? stayWarm : submit),
      ],
      workdir: workspace.target,
      env: {
        ...environment(request),
        ...(stage.kind === 'run' || stage.kind === 'repl' ? {} : debugEnvironment),
        ...(stage.kind === 'tests' ? sparkOfTests([...sparkConfs(request), ...mappingConfs(mappings, s3)]) : {}),
        ...executor.variables,
        ...driver.variables,
        ...(python.path.length > 0 ? { SLUICE_PYTHONPATH: python.path.join(':') } : {}),
        ...request.env,
      },
      secretEnv: request.reach === 'none' ? [] : ['AWS_CONTAINER_AUTHORIZATION_TOKEN'],
      mounts: [workspace, ...s3],
      ports: ports(request),
      ...(owner ? { user: '0:0' } : {}),
    },
    ...(layer ? { layer } : {}),
    warnings,
    ...(job.timeoutMinutes === undefined ? {} : { timeoutMs: job.timeoutMinutes * 60_000 }),
    ...(stage.kind === 'repl' ? { repl: replCommand(sparkOptions, scriptArguments(job.name, job.arguments)) } : {}),
  };
}

/** Spark starts beside the relay, unless it fetches something before the script begins or has a Python of its own. */
function relayWait({ reach, stage }: LocalRunRequest, sparkWords: readonly string[]): RelayWait {
  if (reach === 'none') return 'never';
  const isSpark = stage.kind === 'run' || stage.kind === 'debug';
  return isSpark && !sparkWords.some((word) => /s3[an]?:|^spark\.pyspark\./.test(word)) ? 'driver' : 'first';
}

/** The line that says that programs can be executed in a container that stays. */
export const warmLine = 'sluice: the container is warm';
const stayWarm = ['bash', '-c', `echo '${warmLine}'; exec sleep infinity`] as const;

/** Settings for the Spark that a test starts itself. */
function sparkOfTests(confs: readonly string[]): Readonly<Record<string, string>> {
  const words = confs.map((conf) => `--conf '${conf.replaceAll("'", `'"'"'`)}'`);
  return { PYSPARK_SUBMIT_ARGS: `${words.join(' ')} pyspark-shell` };
}

const debugLauncher = '/tmp/sluice-debug.py';
/** Under spark-submit a script is started by its path: this one starts another under debugpy, and stays its parent. */
const withDebugger = `
cat > ${debugLauncher} <<'END'
${debugProgram}
END
${containerProgram}`.trim();

function ports({ stage, sparkUiPort }: LocalRunRequest): readonly PublishedPort[] {
  return [
    ...(stage.kind === 'debug' ? [{ hostPort: stage.hostPort, containerPort: debugPort }] : []),
    ...(stage.kind === 'tests' ? [{ hostPort: stage.hostPort, containerPort: testDebugPort }] : []),
    ...(sparkUiPort === undefined ? [] : [{ hostPort: sparkUiPort, containerPort: sparkUi }]),
  ];
}

function environment({ image, reach, region, job, runId }: LocalRunRequest): Readonly<Record<string, string>> {
  const isOld = Number.parseInt(image.glueVersion, 10) < 5;
  const formats = job.arguments['--datalake-formats'];
  const local = `http://127.0.0.1:${relayPorts.credentials}`;
  return {
    HOME: image.home,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    SLUICE_RUN_ID: runId,
    ...(isOld ? { DISABLE_SSL: 'true', ...(formats === undefined ? {} : { DATALAKE_FORMATS: formats }) } : {}),
    ...(reach === 'none'
      ? { AWS_ACCESS_KEY_ID: 'no-aws', AWS_SECRET_ACCESS_KEY: 'no-aws' }
      : { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${local}/credentials` }),
    ...(reach === 'local' ? { AWS_ENDPOINT_URL: `http://127.0.0.1:${relayPorts.endpoint}` } : {}),
  };
}

function sparkConfs({ reach, region, sparkUiPort, job }: LocalRunRequest): readonly string[] {
  const endpoint = `http://127.0.0.1:${relayPorts.endpoint}`;
  return [
    'spark.ui.showConsoleProgress=true',
    ...(sparkUiPort === undefined ? [] : ['spark.ui.enabled=true', `spark.ui.port=${sparkUi}`]),
    ...(job.arguments['--user-jars-first'] === 'true'
      ? ['spark.driver.userClassPathFirst=true', 'spark.executor.userClassPathFirst=true']
      : []),
    ...(reach === 'local'
      ? [
          'spark.hadoop.fs.s3.impl=org.apache.hadoop.fs.s3a.S3AFileSystem',
          `spark.hadoop.fs.s3a.endpoint=${endpoint}`,
          `spark.hadoop.fs.s3a.endpoint.region=${region}`,
          'spark.hadoop.fs.s3a.path.style.access=true',
          'spark.hadoop.fs.s3a.connection.ssl.enabled=false',
          `spark.hadoop.aws.glue.endpoint=${endpoint}`,
        ]
      : []),
  ];
}

interface Located {
  readonly found: readonly string[];
  readonly warnings: readonly string[];
}

/** Files that an argument lists, as the container has them; S3 locations stay where Spark itself can read them. */
function locate({ job, files, reach, mappings }: LocalRunRequest, key: string, workspace: string): Located {
  const found: string[] = [];
  const warnings: string[] = [];
  for (const location of splitList(job.arguments[key])) {
    const file = files.get(location);
    if (file !== undefined) found.push(`${workspace}/${file}`);
    else if (/^s3[an]?:/.test(location)) {
      if (reach !== 'none' || isMapped(location, mappings)) found.push(location);
      else warnings.push(`${location} (${key}) is not in the workspace, and a run without AWS cannot read it.`);
    } else warnings.push(`${location} (${key}) is not in the workspace.`);
  }
  return { found, warnings };
}

/** Modules of the workspace are imported from where they are, so that tracebacks and breakpoints name the real files. */
function pythonFiles(
  request: LocalRunRequest,
  workspace: string,
): { readonly path: readonly string[]; readonly archives: readonly string[]; readonly warnings: readonly string[] } {
  const { found, warnings } = locate(request, '--extra-py-files', workspace);
  const isModule = (file: string): boolean => file.startsWith('/') && file.endsWith('.py');
  const path = new Set(found.filter(isModule).map((file) => file.slice(0, file.lastIndexOf('/'))));
  return { path: [...path], archives: found.filter((file) => !isModule(file)), warnings };
}

function layerOf(request: LocalRunRequest, workspace: MountedFolder): LayerSpec | undefined {
  const { job, image, stage } = request;
  const located = splitList(job.arguments['--additional-python-modules']).flatMap((module) => {
    const file = request.files.get(module);
    const name = file === undefined ? module : `${workspace.target}/${file}`;
    return name.endsWith('requirements.txt') ? ['-r', name] : [name];
  });
  const own = stage.kind === 'tests' ? stage.packages : stage.kind === 'debug' ? ['debugpy'] : [];
  const modules = [...own, ...located];
  if (modules.length === 0) return undefined;
  const options = (job.arguments['--python-modules-installer-option'] ?? '').split(/\s+/).filter((word) => word !== '');
  return {
    image: image.reference,
    pip: [...options, ...modules],
    mounts: [workspace],
    workdir: workspace.target,
    home: image.home,
    // The run drops from root to the owner of the workspace; the image's user may read nothing there.
    ...(request.owner ? { user: '0:0' } : {}),
  };
}

function extraFileWarnings({ job }: LocalRunRequest): readonly string[] {
  const files = splitList(job.arguments['--extra-files']);
  if (files.length === 0) return [];
  return [
    `--extra-files are not copied beside the script: the run works in the workspace folder (${files.join(', ')}).`,
  ];
}

function mappingWarnings({ mappings, image, scriptText }: LocalRunRequest): readonly string[] {
  if (mappings.length === 0) return [];
  const version = Number.parseInt(image.glueVersion, 10);
  return [
    ...(version < 4
      ? [`S3 locations are mapped to folders from Glue 4.0 on; Glue ${image.glueVersion} reads S3 itself.`]
      : []),
    ...(/\bboto3\b/.test(scriptText) ? ['Mapped S3 locations are folders to Spark; boto3 goes to S3 itself.'] : []),
  ];
}
