import { jobRunMember } from './jobRunMember.ts';
import { jsonOutput } from './jsonOutput.ts';
import { missingArgument } from './missingArgument.ts';
import type { WorkspaceRule } from './rule.ts';
import { roleTrust } from './roleTrust.ts';
import { stageParameter } from './stages.ts';
import { removedApi, reservedOption, scriptJob, unaskedOption } from './script.ts';
import { taskArgumentName, taskMisspeltArgument, taskReservedArgument } from './taskArguments.ts';
import { missingScript } from './missingScript.ts';
import { misspeltName } from './misspeltName.ts';
import { undefinedName } from './undefinedName.ts';
import { abbreviatedArgument, misspeltOption, unusedArgument } from './unknownArgument.ts';

/** Every rule about what files of a workspace have to do with one another. */
export const WORKSPACE_RULES: readonly WorkspaceRule[] = [
  missingArgument,
  misspeltOption,
  abbreviatedArgument,
  unusedArgument,
  misspeltName,
  undefinedName,
  missingScript,
  reservedOption,
  unaskedOption,
  scriptJob,
  removedApi,
  roleTrust,
  jobRunMember,
  jsonOutput,
  stageParameter,
];

/** Rules of the Glue configs, for arguments that other files pass. */
export const SHARED_RULES: readonly WorkspaceRule[] = [taskArgumentName, taskReservedArgument, taskMisspeltArgument];
