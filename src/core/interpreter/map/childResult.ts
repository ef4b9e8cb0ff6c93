import { textField } from '../fields.ts';
import { isJsonArray, type Json, type JsonObject } from '../json.ts';
import type { Child } from './childExecution.ts';

/** What of the children makes up the results: all facts, their outputs, or the elements of their outputs. */
export type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

/**
 * The transformation that a ResultWriter asks for. Default: outputs alone, and with S3 all facts.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export function transformationOf(config: JsonObject, isWritten: boolean): Transformation {
  const asked = textField(config, 'Transformation');
  if (asked === 'NONE' || asked === 'COMPACT' || asked === 'FLATTEN') return asked;
  return isWritten ? 'NONE' : 'COMPACT';
}

/** What one child adds to the results. One that did not succeed adds all facts, whatever the transformation. */
export function resultsOf(child: Child, transformation: Transformation, machineArn: string): readonly Json[] {
  const { output = null, status } = child.result;
  if (status !== 'SUCCEEDED' || transformation === 'NONE') return [factsOf(child, machineArn)];
  return transformation === 'FLATTEN' && isJsonArray(output) ? output : [output];
}

function factsOf(child: Child, machineArn: string): JsonObject {
  const { status, output, error, cause } = child.result;
  return {
    ExecutionArn: child.executionArn,
    Input: JSON.stringify(child.input),
    InputDetails: { Included: true },
    Name: child.name,
    ...(output !== undefined && { Output: JSON.stringify(output), OutputDetails: { Included: true } }),
    ...(error !== undefined && { Error: error }),
    ...(cause !== undefined && { Cause: cause }),
    RedriveCount: child.redriveCount,
    ...(status === 'SUCCEEDED'
      ? { RedriveStatus: 'NOT_REDRIVABLE', RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven' }
      : { RedriveStatus: 'REDRIVABLE_BY_MAP_RUN' }),
    StartDate: new Date(child.startDate).toISOString(),
    StateMachineArn: machineArn,
    Status: status,
    StopDate: new Date(child.stopDate).toISOString(),
  };
}
