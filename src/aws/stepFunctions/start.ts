import { UserError } from '../../core/base/userError.ts';
import type { StartExecutionOptions } from './api.ts';
import type { CallerContext } from '../calls/caller.ts';
import { failureOf } from '../errors.ts';
import type { StepFunctionsCalls } from './stepFunctions.ts';
import { token } from './token.ts';

const clockToleranceMs = 2_000;

interface Start {
  readonly stateMachineArn: string;
  readonly options: StartExecutionOptions;
  /** Whether a start with a name that is in use is refused; Express machines take any name twice. */
  readonly isStandard: () => Promise<boolean>;
}

/**
 * Starts under a name, so that AWS itself refuses a second start: a repeated StartExecution of the same name and
 * input gives the first one's ARN while it runs, and ExecutionAlreadyExists after. Express machines do not have
 * this: their start is sent once and, where its answer is lost, rejects with `ambiguous-start`.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export async function startExecution(
  calls: StepFunctionsCalls,
  { clock, random, connection }: CallerContext,
  { stateMachineArn, options, isStandard }: Start,
  signal: AbortSignal | undefined,
): Promise<string> {
  checkInput(options.input);
  const name = options.name ?? `sluice-${token(random)}`;
  const input = { stateMachineArn, name, input: options.input };
  const sentMs = clock.now();
  let lost: unknown;
  try {
    return arnOf(await calls.call('StartExecution', input, { signal, isSentOnce: true }), input);
  } catch (error) {
    if (!failureOf(error)?.isAmbiguous) throw error;
    lost = error;
  }
  if (!(await isStandard())) {
    throw new UserError(
      'ambiguous-start',
      'The connection was lost while the Express state machine was being started; whether it runs is not known.',
      'Look at its logs before you start it again.',
      { region: connection.region, cause: lost },
    );
  }
  try {
    return arnOf(await calls.call('StartExecution', input, { signal }), input);
  } catch (error) {
    if (failureOf(error)?.name !== 'ExecutionAlreadyExists') throw error;
    const arn = executionArn(stateMachineArn, name);
    // A name that we made up is ours alone; one that the user gave may be an older execution's.
    if (options.name === undefined) return arn;
    const { startDate, input: itsInput } = await calls.call('DescribeExecution', { executionArn: arn }, { signal });
    const sinceMs = sentMs + (calls.serverAheadMs ?? 0) - clockToleranceMs;
    if ((startDate?.getTime() ?? 0) >= sinceMs && itsInput === options.input) return arn;
    throw error;
  }
}

function arnOf(
  { executionArn: arn }: { readonly executionArn?: string | undefined },
  { stateMachineArn, name }: { readonly stateMachineArn: string; readonly name: string },
): string {
  return arn ?? executionArn(stateMachineArn, name);
}

function executionArn(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:').split(':').slice(0, 7).join(':')}:${name}`;
}

function checkInput(input: string): void {
  try {
    JSON.parse(input);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError('bad-input', `Execution not started: input is not JSON (${why}).`, 'Correct the input.', {
      cause: error,
    });
  }
}
