import type { StepFunctionsApi } from '../../aws/stepFunctions/api.ts';
import { placeDiagnostics, toSentDefinition, type PlacedDiagnostic } from '../../core/asl/awsValidation.ts';
import type { AslDefinition } from '../../core/asl/index.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { isAbort } from '../../core/base/userError.ts';

/** A file as it was saved, with the definitions in it. */
export interface SavedFile {
  readonly uri: string;
  readonly definitions: readonly AslDefinition[];
  /** What AWS says of all of them. */
  readonly show: (diagnostics: readonly PlacedDiagnostic[]) => void;
}

export interface SaveValidatorOptions {
  readonly clock: Clock;
  /** Undefined where there is no account of AWS to ask now. */
  readonly account: (signal: AbortSignal) => Promise<Pick<StepFunctionsApi, 'validateDefinition'> | undefined>;
  /** AWS was asked in vain; once, until an answer comes again. */
  readonly onFailed: (error: unknown) => void;
}

/** ValidateStateMachineDefinition is answered once a second in an account: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const intervalMs = 1000;

/** Asks AWS about files as they are saved, one definition a second; of a file that waits, the newest text alone. */
export class SaveValidator implements Disposable {
  readonly #waiting = new Map<string, SavedFile>();
  readonly #disposed = new AbortController();
  #isWorking = false;
  #hasFailed = false;
  #nextMs = 0;

  constructor(private readonly options: SaveValidatorOptions) {}

  saved(file: SavedFile): void {
    this.#waiting.delete(file.uri);
    this.#waiting.set(file.uri, file);
    if (!this.#isWorking) void this.#work();
  }

  dispose(): void {
    this.#disposed.abort();
    this.#waiting.clear();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    try {
      for (let file = this.#take(); file !== undefined; file = this.#take()) await this.#validate(file);
    } finally {
      this.#isWorking = false;
    }
  }

  #take(): SavedFile | undefined {
    const [first] = this.#waiting.values();
    if (first) this.#waiting.delete(first.uri);
    return first;
  }

  async #validate({ uri, definitions, show }: SavedFile): Promise<void> {
    const { account, clock, onFailed } = this.options;
    const { signal } = this.#disposed;
    try {
      const found: PlacedDiagnostic[] = [];
      const stepFunctions = await account(signal);
      if (!stepFunctions) return;
      for (const definition of definitions) {
        await clock.sleep(Math.max(0, this.#nextMs - clock.now()), signal);
        // It was saved again meanwhile: that text counts.
        if (this.#waiting.has(uri)) return;
        const type = definition.machine?.type ?? 'STANDARD';
        try {
          const said = await stepFunctions.validateDefinition(toSentDefinition(definition), type, signal);
          found.push(...placeDiagnostics(definition, said));
        } finally {
          // From the answer on: when the question arrived is not known.
          this.#nextMs = clock.now() + intervalMs;
        }
      }
      this.#hasFailed = false;
      show(found);
    } catch (error) {
      if (isAbort(error) || this.#hasFailed) return;
      this.#hasFailed = true;
      onFailed(error);
    }
  }
}
