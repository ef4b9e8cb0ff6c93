import type { Json } from '../../core/interpreter/index.ts';
import { TaskFailure } from '../../core/interpreter/index.ts';
import { AwsError } from '../http/awsError.ts';

interface Waiting {
  readonly resolve: (output: Json) => void;
  readonly reject: (error: TaskFailure) => void;
  readonly heartbeat: () => void;
}

/** Tasks that wait for somebody to call back with their token. */
export class TaskTokens {
  readonly #waiting = new Map<string, Waiting>();

  /** Resolves with what SendTaskSuccess gave; rejects as SendTaskFailure says, and on abort. */
  async wait(token: string, heartbeat: () => void, signal: AbortSignal): Promise<Json> {
    try {
      return await new Promise<Json>((resolve, reject) => {
        signal.throwIfAborted();
        this.#waiting.set(token, { resolve, reject, heartbeat });
        signal.addEventListener('abort', () => reject(toError(signal.reason)), { once: true });
      });
    } finally {
      this.#waiting.delete(token);
    }
  }

  succeed(token: string, output: string): void {
    const waiting = this.#get(token);
    try {
      waiting.resolve(JSON.parse(output) as Json);
    } catch {
      throw new AwsError('InvalidOutput', `Invalid Output: '${output.slice(0, 200)}' is not JSON.`);
    }
  }

  fail(token: string, error: string | undefined, cause: string | undefined): void {
    this.#get(token).reject(new TaskFailure(error, cause));
  }

  heartbeat(token: string): void {
    this.#get(token).heartbeat();
  }

  #get(token: string): Waiting {
    const waiting = this.#waiting.get(token);
    if (waiting) return waiting;
    // Tokens that were given out here are UUIDs.
    if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(token)) {
      throw new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");
    }
    throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
