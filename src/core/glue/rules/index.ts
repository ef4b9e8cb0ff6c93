import { argumentFit, customVariables, logArguments } from './arguments/fit.ts';
import { argumentName, fieldAsArgument, misspeltArgument, reservedArgument } from './arguments/names.ts';
import { pythonModules, secretArgument } from './arguments/python.ts';
import {
  argumentsSize,
  bookmark,
  executorCores,
  microBatchScaling,
  overriddenArgument,
  sparkUi,
  virtualEnvironment,
} from './arguments/sets.ts';
import { argumentLocation, argumentText, argumentValue, flagFalse } from './arguments/values.ts';
import {
  allocatedCapacity,
  exclusiveCapacity,
  pythonShellCapacity,
  sparkMaxCapacity,
  workerPair,
} from './job/capacity.ts';
import { pythonVersion, pythonVersionFit, rayClosed } from './job/command.ts';
import { connectionProperties, connectionSecret, connectionType, connectionUrl } from './connection/connection.ts';
import { securityConfiguration } from './connection/security.ts';
import { crawlerConfiguration, crawlerPolicy, crawlerSchedule, crawlerTarget } from './crawler/crawler.ts';
import { arnForm, mixedArns, nameNotArn, sampleValue } from './fields/arns.ts';
import { fieldValue } from './fields/fieldValue.ts';
import { misspeltField } from './fields/misspeltField.ts';
import { gitFileName, gitNodesText } from './job/git.ts';
import { connectionsShape, maintenanceWindow, maxRetries, timeout, tooManyTags } from './job/limits.ts';
import { replyAsInput } from './job/reply.ts';
import { commandName, requiredField } from './job/required.ts';
import { role, terraformRole } from './job/role.ts';
import { scriptLanguage, scriptLocation } from './job/script.ts';
import { scriptArguments } from './job/scriptArguments.ts';
import { autoVersion, endOfLifeVersion, unknownVersion, versionMissing } from './job/versions.ts';
import { flexJob, workerTypeFit, workerTypeName } from './job/workers.ts';
import type { GlueRule } from './rule.ts';
import { syntax, unrecognized } from './syntax.ts';
import { conditionState, triggerPredicate } from './trigger/predicate.ts';
import { eventBatching, fieldOfOtherType, triggerActions, triggerSchedule, triggerType } from './trigger/start.ts';
import { workflowFlow, workflowStart } from './workflow/workflow.ts';

/** Every rule about Glue configs, in the order of the rule catalogue; those that it lacks stand beside their kin. */
export const GLUE_RULES: readonly GlueRule[] = [
  syntax,
  unrecognized,
  requiredField,
  misspeltField,
  fieldValue,
  commandName,
  pythonVersion,
  pythonVersionFit,
  exclusiveCapacity,
  workerPair,
  sparkMaxCapacity,
  pythonShellCapacity,
  allocatedCapacity,
  workerTypeName,
  workerTypeFit,
  flexJob,
  versionMissing,
  endOfLifeVersion,
  unknownVersion,
  autoVersion,
  timeout,
  maxRetries,
  scriptLocation,
  scriptLanguage,
  role,
  terraformRole,
  argumentName,
  misspeltArgument,
  fieldAsArgument,
  reservedArgument,
  argumentText,
  argumentValue,
  argumentLocation,
  flagFalse,
  argumentFit,
  bookmark,
  virtualEnvironment,
  pythonModules,
  executorCores,
  microBatchScaling,
  sparkUi,
  logArguments,
  customVariables,
  secretArgument,
  argumentsSize,
  overriddenArgument,
  connectionsShape,
  tooManyTags,
  maintenanceWindow,
  scriptArguments,
  rayClosed,
  replyAsInput,
  gitFileName,
  gitNodesText,
  triggerType,
  triggerActions,
  triggerSchedule,
  triggerPredicate,
  conditionState,
  fieldOfOtherType,
  eventBatching,
  workflowStart,
  workflowFlow,
  crawlerTarget,
  crawlerPolicy,
  crawlerSchedule,
  crawlerConfiguration,
  connectionType,
  connectionProperties,
  connectionUrl,
  connectionSecret,
  securityConfiguration,
  arnForm,
  nameNotArn,
  mixedArns,
  sampleValue,
];

/** Our codes to the ids of the rule catalogue; rules that it lacks are left out. */
export const glueCodeToRule: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  GLUE_RULES.filter(({ sources }) => sources.length > 0).map(({ id, sources }) => [id, sources]),
);
