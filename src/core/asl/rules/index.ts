import { severalDocuments, syntax, tooDeep } from './document/syntax.ts';
import { definitionSize, duplicateKey, placeholder } from './document/wholeText.ts';
import { exclusiveFailFields, exclusiveMapFields, exclusiveTimeouts, waitDuration } from './fields/exclusive.ts';
import {
  catcherFieldLanguage,
  conditionInJsonpath,
  jsonataField,
  jsonpathField,
  machineQueryLanguage,
  queryLanguage,
  queryLanguageDowngrade,
  resultInJsonata,
} from './fields/queryLanguage.ts';
import {
  duplicateStateName,
  startAtRequired,
  stateNameLength,
  stateObject,
  statesRequired,
  stateType,
} from './fields/required.ts';
import {
  nestedChoiceField,
  unknownCatcherField,
  unknownChoiceField,
  unknownRetrierField,
  unknownTopLevelField,
  unsupportedField,
  unsupportedScopeField,
} from './fields/unknownField.ts';
import { machineComment, machineTimeout, valueRules, version } from './fields/values.ts';
import { HOST_RULES } from './hosts/index.ts';
import { endlessCycle, noTerminalState, unreachableState } from './flow/reachability.ts';
import { endValue, nextAndEnd, nextText, transitionNotAllowed, transitionRequired } from './flow/transitions.ts';
import {
  jumpBetweenScopes,
  unknownCatchNext,
  unknownChoiceNext,
  unknownDefault,
  unknownNext,
  unknownStartAt,
} from './flow/unknownTarget.ts';
import {
  expressionDelimiters,
  jsonataArgumentCount,
  jsonataEval,
  jsonataSyntax,
  jsonataTopLevel,
  statesMember,
  unknownStatesMember,
} from './jsonata/expressions.ts';
import { discardedResult, mapItemElsewhere, taskTokenElsewhere, unknownContextMember } from './paths/context.ts';
import {
  formatPlaceholders,
  intrinsicArguments,
  intrinsicArgumentTypes,
  intrinsicName,
  intrinsicToJsonata,
} from './payload/intrinsicCalls.ts';
import {
  dollarInJsonata,
  duplicateTemplateName,
  intrinsicSyntax,
  missingDollar,
  templatePath,
} from './payload/template.ts';
import type { AslRule } from './rule.ts';
import { choiceConnective, choiceNext, choiceOperator, choicesRequired, choiceVariable } from './types/choice.ts';
import { choiceMaybeAbsent, choicePattern, choiceWithoutDefault, deadChoiceRule } from './types/choiceAdvice.ts';
import { choiceConditionRule, conditionNotBoolean } from './types/choiceCondition.ts';
import { branchFails, serviceErrorName, uncatchableError, unknownError } from './types/errorAdvice.ts';
import {
  catcherNext,
  catchStatesAll,
  errorEquals,
  retryNeverRetries,
  retryStatesAll,
  shadowedError,
} from './types/errors.ts';
import {
  distributedConfig,
  distributedInExpress,
  distributedOnly,
  duplicateLabel,
  iteratorDeprecated,
  mapLabel,
  mapLimits,
  mapProcessor,
} from './types/map.ts';
import {
  expressionInConstant,
  expressionInJsonpath,
  pathInConstant,
  reservedErrorName,
  staticResult,
} from './types/simpleStates.ts';
import { completedValueRules } from './types/valueRulesOfParts.ts';
import { taskRules } from './task/index.ts';
import { variableName, variableSize } from './variables/names.ts';
import {
  maybeUnassignedVariable,
  shadowedVariable,
  unassignedVariable,
  unknownFunction,
  unusedVariable,
  variableOutOfScope,
} from './variables/scopes.ts';

/** Every rule about definitions, in the order of the rule catalogue. */
export const ASL_RULES: readonly AslRule[] = [
  syntax,
  tooDeep,
  severalDocuments,
  unknownTopLevelField,
  startAtRequired,
  statesRequired,
  machineComment,
  version,
  machineTimeout,
  machineQueryLanguage,
  definitionSize,
  duplicateKey,
  placeholder,
  stateObject,
  stateType,
  stateNameLength,
  duplicateStateName,
  unsupportedField,
  queryLanguage,
  queryLanguageDowngrade,
  unsupportedScopeField,
  pathInConstant,
  unknownStartAt,
  unknownNext,
  unknownDefault,
  unknownChoiceNext,
  unknownCatchNext,
  jumpBetweenScopes,
  unreachableState,
  noTerminalState,
  nextAndEnd,
  transitionRequired,
  endValue,
  nextText,
  transitionNotAllowed,
  endlessCycle,
  choiceWithoutDefault,
  deadChoiceRule,
  ...completedValueRules(valueRules),
  exclusiveTimeouts,
  ...taskRules,
  staticResult,
  resultInJsonata,
  waitDuration,
  exclusiveFailFields,
  reservedErrorName,
  branchFails,
  choicesRequired,
  choiceOperator,
  nestedChoiceField,
  choiceConnective,
  choiceVariable,
  conditionInJsonpath,
  choiceConditionRule,
  unknownChoiceField,
  choiceNext,
  choicePattern,
  choiceMaybeAbsent,
  conditionNotBoolean,
  mapProcessor,
  iteratorDeprecated,
  exclusiveMapFields,
  distributedConfig,
  mapLabel,
  duplicateLabel,
  distributedOnly,
  distributedInExpress,
  mapLimits,
  mapItemElsewhere,
  errorEquals,
  retryStatesAll,
  unknownRetrierField,
  retryNeverRetries,
  catcherNext,
  catchStatesAll,
  unknownCatcherField,
  catcherFieldLanguage,
  shadowedError,
  unknownError,
  uncatchableError,
  serviceErrorName,
  unknownContextMember,
  taskTokenElsewhere,
  discardedResult,
  templatePath,
  duplicateTemplateName,
  missingDollar,
  dollarInJsonata,
  intrinsicSyntax,
  intrinsicName,
  intrinsicArguments,
  intrinsicArgumentTypes,
  formatPlaceholders,
  intrinsicToJsonata,
  jsonpathField,
  jsonataField,
  jsonataSyntax,
  jsonataTopLevel,
  statesMember,
  jsonataEval,
  unknownFunction,
  jsonataArgumentCount,
  expressionDelimiters,
  expressionInJsonpath,
  unknownStatesMember,
  expressionInConstant,
  variableName,
  shadowedVariable,
  unassignedVariable,
  maybeUnassignedVariable,
  unusedVariable,
  variableOutOfScope,
  variableSize,
  ...HOST_RULES,
];

/** Our codes to the ids of the rule catalogue. */
export const codeToRule: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ASL_RULES.map(({ id, sources }) => [id, sources]),
);
