import { TaskFailure, type Json, type TaskRequest } from '../../../core/interpreter/index.ts';
import { UserError } from '../../../core/base/userError.ts';
import { isMembers } from '../../http/input.ts';
import type { CallEnd } from '../../lambda/functionProcess.ts';
import type { LocalFunction } from '../../lambda/functionSource.ts';
import type { Lambda } from '../../lambda/lambda.ts';
import { NotHere } from './notHere.ts';

/** A task whose Resource is a function: its result is the function's. */
export async function runLambdaFunction(lambda: Lambda, functionArn: string, request: TaskRequest): Promise<Json> {
  const end = await invoke(lambda, await found(lambda, functionArn), request.parameters, request.signal);
  return parsed(succeeded(end));
}

/** `lambda:invoke`: the payload parsed, beside what the API says. */
export async function invokeLambda(lambda: Lambda, request: TaskRequest): Promise<Json> {
  const { given, payload, isEvent } = await callOf(lambda, request);
  if (isEvent) return { ExecutedVersion: '$LATEST', Payload: '', StatusCode: 202 };
  const end = await invoke(lambda, given, payload, request.signal);
  return { ExecutedVersion: '$LATEST', Payload: parsed(succeeded(end)), StatusCode: 200 };
}

/** `aws-sdk:lambda:invoke`: a function that fails does not fail the call. */
export async function invokeLambdaBySdk(lambda: Lambda, request: TaskRequest): Promise<Json> {
  const { given, payload, isEvent } = await callOf(lambda, request);
  if (isEvent) return { Payload: '', StatusCode: 202 };
  const text = typeof payload === 'string' ? payload : undefined;
  const end = await invoke(lambda, given, text === undefined ? payload : parsed(text), request.signal);
  const failure = end.kind === 'failed' ? { FunctionError: 'Unhandled' } : {};
  return { ExecutedVersion: '$LATEST', Payload: end.payload, StatusCode: 200, ...failure };
}

interface Call {
  readonly given: LocalFunction;
  readonly payload: Json;
  /** Nobody waits for its result. */
  readonly isEvent: boolean;
}

async function callOf(lambda: Lambda, request: TaskRequest): Promise<Call> {
  const parameters = isMembers(request.parameters) ? request.parameters : {};
  const name = parameters['FunctionName'];
  if (typeof name !== 'string') {
    throw new TaskFailure('Lambda.ValidationException', "The parameter 'FunctionName' is missing.");
  }
  const given = await found(lambda, name);
  const payload = (parameters['Payload'] ?? {}) as Json;
  const isEvent = parameters['InvocationType'] === 'Event';
  // Lambda itself logs how such a call ends.
  if (isEvent) lambda.invoke(given, JSON.stringify(payload), new AbortController().signal).catch(() => undefined);
  return { given, payload, isEvent };
}

async function found(lambda: Lambda, nameOrArn: string): Promise<LocalFunction> {
  const given = await lambda.find(nameOrArn);
  if (given) return given;
  throw new NotHere(
    `The Lambda function ${nameOrArn}`,
    'No template of the workspace has its Python or Node handler, and the setting sluice.local.functions does not name it.',
  );
}

async function invoke(lambda: Lambda, given: LocalFunction, payload: Json, signal: AbortSignal): Promise<CallEnd> {
  try {
    return await lambda.invoke(given, JSON.stringify(payload), signal);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new TaskFailure('Lambda.Unknown', `${error.message} ${error.help}`.trim());
  }
}

function succeeded(end: CallEnd): string {
  if (end.kind === 'returned') return end.payload;
  throw new TaskFailure(end.error, end.payload);
}

function parsed(payload: string): Json {
  return JSON.parse(payload) as Json;
}
