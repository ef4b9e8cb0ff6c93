import {
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import type { ClientSettings } from '../calls/clientSettings.ts';

/** The calls of AWS Lambda that Sluice makes. */
export const lambdaCommands = {
  ListAliases: ListAliasesCommand,
  ListFunctions: ListFunctionsCommand,
  ListVersionsByFunction: ListVersionsByFunctionCommand,
};

export function lambdaClient(settings: ClientSettings): LambdaClient {
  return new LambdaClient(settings);
}
