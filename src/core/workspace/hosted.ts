import { openHosted, type AslDefinition } from '../asl/index.ts';
import { configuredJob } from '../glue/configuredJob.ts';
import { openGlueDocument } from '../glue/index.ts';
import type { ArgumentList, Job } from '../glue/model.ts';
import { writtenText } from '../glue/values.ts';
import { hostKindOf } from '../language/hosts/hostKind.ts';
import { readHost } from '../language/hosts/readHost.ts';
import { offsetsOf } from '../language/rules/rule.ts';
import type { Definition } from './facts/facts.ts';
import { hostDefinitions } from './facts/hostFacts.ts';
import { writtenScript } from './facts/glueFacts.ts';
import type { GlueConfig } from './glueConfigs.ts';
import { fileOfLocation, type WorkspacePath } from './workspaceFile.ts';

/** A job or a state machine that a template, a program or a Terraform file describes, which its tool creates. */
export type HostedResource = HostedJob | HostedMachine;

interface Hosted {
  /** As it is written, with placeholders; undefined where the tool makes one up. */
  readonly name: string | undefined;
  /** What stands for it in the file: a logical id, a variable. */
  readonly address: string | undefined;
  readonly file: WorkspacePath;
  /** Counted from 1. */
  readonly line: number;
}

export interface HostedJob extends Hosted {
  readonly kind: 'job';
  /** What the text says of it, by the names of the API. */
  readonly input: GlueConfig['input'];
  readonly scriptLocation: string | undefined;
  readonly run: HostedRun;
}

/** What a run of a job's script on this machine takes from its text. Values hold placeholders for what is filled in later. */
export interface HostedRun {
  /** In S3 or beside the file. */
  readonly script: string | undefined;
  readonly commandName: string | undefined;
  readonly glueVersion: string | undefined;
  readonly timeoutMinutes: number | undefined;
  readonly defaultArguments: Readonly<Record<string, string>>;
  readonly nonOverridableArguments: Readonly<Record<string, string>>;
}

export interface HostedMachine extends Hosted {
  readonly kind: 'machine';
  /** Undefined where it is in a file of its own, or put together elsewhere. */
  readonly definition: AslDefinition | undefined;
}

/** What a file holds for a tool to deploy. */
export interface HostedFile {
  readonly resources: readonly HostedResource[];
  /** Paths, from the file's folder, of definitions that it refers to. */
  readonly definitionPaths: readonly string[];
}

/** Undefined where the file is no template, program or Terraform file, or holds none of it. Never throws on any text. */
export function readHosted(file: WorkspacePath, text: string): HostedFile | undefined {
  if (hostKindOf({ fileName: file }) === undefined || file.endsWith('.glue.json')) return undefined;
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const glue = openGlueDocument(text, { fileName: file });
  const jobs = (glue?.isHosted ? glue.file.jobs : [])
    .filter(({ use, dialect }) => use === 'create' && dialect !== 'sdk')
    .map((job): HostedJob => hostedJob(job, { file, lineOf }));
  const host = openHosted(text, { fileName: file });
  const machines = machinesOf(file, text);
  const resources = [
    ...jobs,
    ...machines.map(({ name, pattern, address, anchor }): HostedMachine => {
      const own = address?.split('#').at(-1);
      const named = host?.definitions.find((each) => each.name !== '' && own?.split('.').at(-1) === each.name);
      const only = machines.length === 1 && host?.definitions.length === 1 ? host.definitions[0] : undefined;
      const written = name ?? pattern?.split('#').at(-1);
      return {
        kind: 'machine',
        name: written,
        address: own,
        file,
        line: lineOf(anchor.start),
        definition: named ?? only,
      };
    }),
  ];
  const definitionPaths = host?.filePaths ?? [];
  if (resources.length === 0 && definitionPaths.length === 0) return undefined;
  return { resources: resources.toSorted((a, b) => a.line - b.line), definitionPaths };
}

const machineWords = /StateMachine|aws_sfn_state_machine/;

function machinesOf(file: WorkspacePath, text: string): readonly Definition[] {
  const host = machineWords.test(text) ? readHost(text, { fileName: file }) : undefined;
  return host ? hostDefinitions(host, { path: file, text }).filter(({ kind }) => kind === 'stateMachine') : [];
}

interface Place {
  readonly file: WorkspacePath;
  readonly lineOf: (offset: number) => number;
}

function hostedJob(job: Job, { file, lineOf }: Place): HostedJob {
  const { part, command, address, anchor } = job;
  const name = job.name ?? writtenText(part.get('Name'), part.source);
  return {
    kind: 'job',
    name,
    address,
    file,
    line: lineOf(offsetsOf(anchor).start),
    input: { ...configuredJob(job), Name: job.name ?? '' },
    scriptLocation: writtenText(command.script, part.source),
    run: {
      script: writtenScript(job),
      commandName: command.type,
      glueVersion: job.glueVersion,
      timeoutMinutes: part.number('Timeout'),
      defaultArguments: argumentsOf(job, 'DefaultArguments'),
      nonOverridableArguments: argumentsOf(job, 'NonOverridableArguments'),
    },
  };
}

function argumentsOf(job: Job, field: ArgumentList['field']): Readonly<Record<string, string>> {
  const ofField = job.arguments.filter(({ list }) => list.field === field);
  return Object.fromEntries(ofField.flatMap(({ name, written }) => (written === undefined ? [] : [[name, written]])));
}

/** The jobs of a file whose script is this one, of all files of the workspace that have its name. */
export function hostedJobsOfScript(
  { resources }: HostedFile,
  path: WorkspacePath,
  { script, sameName }: { readonly script: WorkspacePath; readonly sameName: readonly WorkspacePath[] },
): readonly HostedJob[] {
  return resources.flatMap((resource) => {
    const location = resource.kind === 'job' ? resource.run.script?.replaceAll('\\', '/') : undefined;
    if (resource.kind !== 'job' || location === undefined) return [];
    return fileOfLocation(location, sameName, path) === script ? [resource] : [];
  });
}

/** Whether a deployed thing may be the one that a name with placeholders stands for. */
export function mayBeNamed(written: string | undefined, deployed: string): boolean {
  if (written === undefined) return false;
  const pieces = written.split(/\$\{[^}]*\}?|\{\{.*?\}\}|#\{[^}]*\}/);
  if (pieces.length === 1) return written === deployed;
  // A name that is all placeholder says nothing.
  if (pieces.every((piece) => piece === '')) return false;
  const pattern = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.+');
  return new RegExp(`^${pattern}$`).test(deployed);
}
