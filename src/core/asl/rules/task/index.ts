import type { AslRule } from '../rule.ts';
import {
  callbackWithoutToken,
  credentialsRole,
  credentialsRoleArn,
  directLambda,
  heartbeatTooLong,
  heartbeatWithoutEffect,
  lambdaWithoutRetry,
  startedByExecution,
  waitWithoutTimeout,
} from './advice.ts';
import { arnForm, mixedArns, nameNotArn, sampleValue } from './arns.ts';
import { httpParameters, requiredParameter, unknownParameter, unknownSdkParameter } from './parameters.ts';
import { expressLimits, resourceArn, resourceRequired, unknownIntegration, unknownSdkAction } from './resource.ts';

/** The rules about Task states and the services they call. */
export const taskRules: readonly AslRule[] = [
  resourceRequired,
  heartbeatTooLong,
  credentialsRole,
  credentialsRoleArn,
  heartbeatWithoutEffect,
  waitWithoutTimeout,
  lambdaWithoutRetry,
  resourceArn,
  unknownIntegration,
  unknownSdkAction,
  requiredParameter,
  unknownParameter,
  unknownSdkParameter,
  callbackWithoutToken,
  startedByExecution,
  directLambda,
  expressLimits,
  httpParameters,
  arnForm,
  nameNotArn,
  mixedArns,
  sampleValue,
];
