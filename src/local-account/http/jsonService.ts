import { AwsError } from './awsError.ts';
import { Input, type Members } from './input.ts';

/** One API operation: gives the reply's members, throws AwsError. `signal` aborts when the caller went away. */
export type Operation = (input: Input, signal: AbortSignal) => object | Promise<object>;

export interface JsonServiceSpec {
  /** Name in the signature's scope: `glue`, `states`, `logs`. */
  readonly name: string;
  /** What stands before the dot in `X-Amz-Target`. */
  readonly targetPrefix: string;
  readonly jsonVersion: '1.0' | '1.1';
  /** How this service spells the member with an exception's text. */
  readonly messageMember: 'message' | 'Message';
  readonly validationCode: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** A service that speaks AWS JSON: an operation's name and an object in, an object out. */
export class JsonService {
  constructor(readonly spec: JsonServiceSpec) {}

  /** Runs one operation; also how tasks of state machines call in, without HTTP. */
  async invoke(operation: string, members: Members, signal: AbortSignal): Promise<object> {
    const run = Object.hasOwn(this.spec.operations, operation) ? this.spec.operations[operation] : undefined;
    if (!run) {
      throw new AwsError(
        'UnknownOperationException',
        `The local account of Sluice does not know the operation ${this.spec.targetPrefix}.${operation}.`,
      );
    }
    return await run(new Input(members, this.spec.validationCode), signal);
  }
}
