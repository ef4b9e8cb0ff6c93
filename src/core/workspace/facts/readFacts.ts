import { openHosted, type AslDefinition } from '../../asl/index.ts';
import { AslDocument } from '../../asl/document.ts';
import { openGlueDocument, type GlueDocument } from '../../glue/index.ts';
import { hostKindOf } from '../../language/hosts/hostKind.ts';
import { readHost } from '../../language/hosts/readHost.ts';
import { LineIndex } from '../../language/lineIndex.ts';
import { stageMapOf } from '../../language/stages.ts';
import { fileKind, machineName, type WorkspacePath } from '../workspaceFile.ts';
import { callFacts } from './callFacts.ts';
import type { Definition, FileFacts } from './facts.ts';
import { glueFacts } from './glueFacts.ts';
import { hostDefinitions } from './hostFacts.ts';
import { mayCallHelpers } from './importedCalls.ts';
import { handedOn } from './pythonImports.ts';
import { jsonOutputs, mayHoldOutputs } from './outputFacts.ts';
import { pythonConstants } from './pythonConstants.ts';
import { mayBeScript, readScript } from './readScript.ts';
import type { Reading } from './reference.ts';
import { mayHoldRoles, roleFacts } from './roleFacts.ts';
import { mayHoldStages, stagesOf } from './stageFacts.ts';
import { taskFacts } from './taskFacts.ts';

/** What has been read of a file already: an editor reads it for other purposes as well. */
export interface ReadParts {
  readonly glue: GlueDocument | undefined;
  readonly definitions: readonly AslDefinition[];
  readonly lines: LineIndex;
}

/** The largest file that is read, in UTF-16 units: definitions have at most 1 MiB. */
export const MAX_FILE_LENGTH = 1024 * 1024;

/** Names of files that may have to do with others. */
export function isIndexed(path: WorkspacePath): boolean {
  if (
    /(?:^|\/)(?:node_modules|\.git|\.venv|venv|__pycache__|\.terraform|\.vscode-test|site-packages|cdk\.out|dist|build)\//.test(
      path,
    )
  ) {
    return false;
  }
  return (
    /\.(?:py|[cm]?[jt]sx?|tf|tofu|json|ya?ml|template|asl)$/i.test(path) &&
    !/\.d\.[cm]?ts$|(?:^|\/)package(?:-lock)?\.json$|\.min\.js$/i.test(path)
  );
}

const WORDS =
  /[gG]lue|getResolvedOptions|StepFunction|state_machine_arn|IAM::Role|aws_iam_role|iam\.Role|pulumi|AWS::(?:Glue|StepFunctions|Serverless|Lambda)|aws_(?:sfn|lambda|glue)_|StartAt|JobName|Command["']?\s*:|StateMachine|start_execution|stateMachineArn|start_crawler|start_workflow_run|"(?:Actions|Predicate|DefaultRunProperties)"/;

function isNamed(path: WorkspacePath): boolean {
  return fileKind(path) !== undefined || /\.glue\.\w+$/.test(path) || isConfig(path);
}

/** Whether a text is worth a parse. */
function mayHoldFacts(path: WorkspacePath, text: string): boolean {
  if (text.length > MAX_FILE_LENGTH) return false;
  return isNamed(path) || WORDS.test(text) || mayHoldStages({ path, text }) || mayCallHelpers({ path, text });
}

/** What a file has to do with others; undefined where that is nothing. Never throws on any text. */
export function readFacts(path: WorkspacePath, text: string, parts?: ReadParts): FileFacts | undefined {
  if (!mayHoldFacts(path, text)) return constantsAlone(path, text);
  const reading: Reading = { path, text };
  const glue = parts === undefined ? openGlueDocument(text, { fileName: path }) : parts.glue;
  const ofGlue = glue && glueFacts(glue.file, reading, glue.tree);
  const ofTasks = (parts?.definitions ?? definitionsOf(path, text)).map((definition) => taskFacts(definition, reading));
  // While somebody types in a very large file, one more parse of it would be felt.
  const isHeavy = parts !== undefined && text.length > 256 * 1024;
  const ofHost = isHeavy ? NOTHING : hostFacts(reading);
  const facts: FileFacts = {
    path,
    lines: parts?.lines ?? LineIndex.of(text),
    ...ofHost,
    definitions: [...(ofGlue?.definitions ?? []), ...ofHost.definitions, ...ownMachine(path)],
    jobs: ofGlue?.jobs ?? [],
    starts: [...(ofGlue?.starts ?? []), ...ofTasks.flatMap((one) => one.starts), ...ofHost.starts],
    mentions: [...(ofGlue?.mentions ?? []), ...ofTasks.flatMap((one) => one.mentions), ...ofHost.mentions],
    roleUses: [...(ofGlue?.roleUses ?? []), ...ofHost.roleUses],
    strayMembers: ofTasks.flatMap((one) => one.strayMembers),
    script: /\.py$/i.test(path) && mayBeScript(text) ? readScript(text) : undefined,
    constants: constantsOf(path, text),
    handedOn: handedOn(reading),
    stages: stagesOf(reading),
    stageMap: isConfig(path) ? stageMapOf(text) : undefined,
  };
  return isEmpty(facts) ? undefined : facts;
}

/** The names that a module of constants has for others. */
function constantsOf(path: WorkspacePath, text: string): FileFacts['constants'] {
  return /\.py$/i.test(path) && text.length <= MAX_FILE_LENGTH ? pythonConstants(text) : [];
}

/** A file that has nothing but names for others. */
function constantsAlone(path: WorkspacePath, text: string): FileFacts | undefined {
  const constants = constantsOf(path, text);
  const handed = text.length > MAX_FILE_LENGTH ? [] : handedOn({ path, text });
  if (constants.length === 0 && handed.length === 0) return undefined;
  return {
    path,
    lines: LineIndex.of(text),
    ...NOTHING,
    jobs: [],
    strayMembers: [],
    script: undefined,
    constants,
    handedOn: handed,
    stages: [],
    stageMap: undefined,
  };
}

/** Definitions in a file of their own, or inside another one. */
function definitionsOf(path: WorkspacePath, text: string): readonly AslDefinition[] {
  if (!text.includes('StartAt')) return [];
  if (fileKind(path) === 'definition') return [new AslDocument(text, { fileName: path })];
  const hosted = openHosted(text, { fileName: path });
  if (hosted) return hosted.definitions;
  return /["']?StartAt["']?\s*:/.test(text) && /["']?States["']?\s*:/.test(text)
    ? [new AslDocument(text, { fileName: path })]
    : [];
}

type HostFacts = Pick<
  FileFacts,
  'definitions' | 'starts' | 'mentions' | 'helpers' | 'importedCalls' | 'roles' | 'roleUses' | 'jsonOutputs'
>;

const NOTHING: HostFacts = {
  definitions: [],
  starts: [],
  mentions: [],
  helpers: [],
  importedCalls: [],
  roles: [],
  roleUses: [],
  jsonOutputs: [],
};

/** What the file holds beside Glue configs and definitions. */
function hostFacts(reading: Reading): HostFacts {
  const { path, text } = reading;
  const kind = hostKindOf({ fileName: path });
  if (kind === undefined) return NOTHING;
  if (!mayHoldOthers(kind, text) && !mayHoldRoles(text) && !mayHoldOutputs(text) && !mayCallHelpers(reading)) {
    return NOTHING;
  }
  const host = readHost(text, { fileName: path });
  if (host === undefined) return NOTHING;
  const isProgram = host.kind === 'program';
  return {
    ...NOTHING,
    ...(isProgram && callFacts(host, reading)),
    ...(mayHoldRoles(text) && roleFacts(host, reading)),
    ...(isProgram && { jsonOutputs: jsonOutputs(host) }),
    definitions: hostDefinitions(host, reading),
  };
}

function mayHoldOthers(kind: NonNullable<ReturnType<typeof hostKindOf>>, text: string): boolean {
  switch (kind) {
    case 'template':
      return /AWS::(?:StepFunctions::|Serverless::(?:StateMachine|Function)|Lambda::Function)/.test(text);
    case 'terraform':
      return /aws_(?:sfn_state_machine|lambda_function)/.test(text);
    default:
      return /Crawler|StateMachine|Function\(|\b(?:get|start|batch_stop)_\w+\(|Glue\w+\(|StepFunction\w+\(|StartExecutionCommand/.test(
        text,
      );
  }
}

/** The state machine that a definition in a file of its own describes, which has the file's name. */
function ownMachine(path: WorkspacePath): Definition[] {
  if (fileKind(path) !== 'definition') return [];
  const anchor = { start: 0, end: 0 };
  return [
    { kind: 'stateMachine', name: machineName(path), spot: undefined, pattern: undefined, address: undefined, anchor },
  ];
}

function isEmpty(facts: FileFacts): boolean {
  if (facts.script !== undefined || facts.stageMap !== undefined || facts.constants.length > 0) return false;
  const { definitions, jobs, starts, mentions, roles, roleUses, jsonOutputs: outputs, strayMembers, stages } = facts;
  const { helpers, importedCalls, handedOn: handed } = facts;
  const lists = [definitions, jobs, starts, mentions, roles, roleUses, outputs, strayMembers, stages];
  if (helpers.length > 0 || importedCalls.length > 0 || handed.length > 0) return false;
  return lists.every(({ length }) => length === 0);
}

/** The configuration of `sluice check`, which the editor reads as well. */
function isConfig(path: WorkspacePath): boolean {
  return /(?:^|\/)sluice\.json$/.test(path);
}
