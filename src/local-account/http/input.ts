import { AwsError } from './awsError.ts';

/** What a caller sent: an object whose members are not known to be anything yet. */
export type Members = Readonly<Record<string, unknown>>;

export interface TextLimits {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
}

/** Whether a value is a JSON object: neither null nor an array. */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The members of one request, each checked as it is read. A wrong one throws the service's validation exception with the
 * sentence that AWS uses, for instance `1 validation error detected: Value null at 'name' failed to satisfy constraint: …`.
 */
export class Input {
  constructor(
    readonly members: Members,
    private readonly validationCode = 'ValidationException',
    private readonly path = '',
  ) {}

  has(name: string): boolean {
    return this.members[name] !== undefined && this.members[name] !== null;
  }

  text(name: string, limits: TextLimits = {}): string {
    const value = this.optionalText(name, limits);
    if (value === undefined) throw this.#constraint(name, null, 'Member must not be null');
    return value;
  }

  optionalText(name: string, limits: TextLimits = {}): string | undefined {
    const value = this.#member(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw this.#type(name, 'String');
    const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = limits;
    if (value.length < min) {
      throw this.#constraint(name, value, `Member must have length greater than or equal to ${min}`);
    }
    if (value.length > max) throw this.#constraint(name, value, `Member must have length less than or equal to ${max}`);
    if (pattern && !pattern.test(value)) {
      throw this.#constraint(name, value, `Member must satisfy regular expression pattern: ${pattern.source}`);
    }
    return value;
  }

  /** One of `words`. */
  optionalWord<T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.optionalText(name);
    if (value === undefined) return undefined;
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) {
      throw this.#constraint(name, value, `Member must satisfy enum value set: [${words.join(', ')}]`);
    }
    return word;
  }

  optionalNumber(name: string): number | undefined {
    const value = this.#member(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.#type(name, 'Double');
    return value;
  }

  optionalInteger(name: string, limits: { readonly min?: number; readonly max?: number } = {}): number | undefined {
    const value = this.optionalNumber(name);
    if (value === undefined) return undefined;
    if (!Number.isInteger(value)) throw this.#type(name, 'Integer');
    if (limits.min !== undefined && value < limits.min) {
      throw this.#constraint(name, value, `Member must have value greater than or equal to ${limits.min}`);
    }
    if (limits.max !== undefined && value > limits.max) {
      throw this.#constraint(name, value, `Member must have value less than or equal to ${limits.max}`);
    }
    return value;
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.#member(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'boolean') throw this.#type(name, 'Boolean');
    return value;
  }

  optionalObject(name: string): Input | undefined {
    const value = this.#member(name);
    if (value === undefined) return undefined;
    if (!isMembers(value)) throw this.#type(name, 'Structure');
    return new Input(value, this.validationCode, this.#at(name));
  }

  object(name: string): Input {
    const value = this.optionalObject(name);
    if (!value) throw this.#constraint(name, null, 'Member must not be null');
    return value;
  }

  optionalObjects(name: string): readonly Input[] | undefined {
    return this.#list(name)?.map((value, index) => {
      if (!isMembers(value)) throw this.#type(`${name}.${index + 1}.member`, 'Structure');
      return new Input(value, this.validationCode, this.#at(`${name}.${index + 1}.member`));
    });
  }

  optionalTexts(name: string): readonly string[] | undefined {
    return this.#list(name)?.map((value, index) => {
      if (typeof value !== 'string') throw this.#type(`${name}.${index + 1}.member`, 'String');
      return value;
    });
  }

  texts(name: string): readonly string[] {
    const values = this.optionalTexts(name);
    if (!values) throw this.#constraint(name, null, 'Member must not be null');
    return values;
  }

  optionalTextMap(name: string): Readonly<Record<string, string>> | undefined {
    const value = this.#member(name);
    if (value === undefined) return undefined;
    if (!isMembers(value)) throw this.#type(name, 'Map');
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => {
        if (typeof entry !== 'string') throw this.#type(`${name}.${key}`, 'String');
        return [key, entry];
      }),
    );
  }

  /** The exception for a member that is there but wrong in a way only the operation can see. */
  invalid(message: string): AwsError {
    return new AwsError(this.validationCode, message);
  }

  #list(name: string): readonly unknown[] | undefined {
    const value = this.#member(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw this.#type(name, 'List');
    return value as readonly unknown[];
  }

  #member(name: string): unknown {
    return Object.hasOwn(this.members, name) ? (this.members[name] ?? undefined) : undefined;
  }

  #at(name: string): string {
    return this.path ? `${this.path}.${name}` : name;
  }

  #constraint(name: string, value: string | number | null, constraint: string): AwsError {
    const shown = value === null ? 'null' : `'${String(value).slice(0, 200)}'`;
    const at = this.#at(name).replace(/^[A-Z]/, (letter) => letter.toLowerCase());
    return new AwsError(
      this.validationCode,
      `1 validation error detected: Value ${shown} at '${at}' failed to satisfy constraint: ${constraint}`,
    );
  }

  #type(name: string, wanted: string): AwsError {
    return new AwsError('SerializationException', `The member '${this.#at(name)}' is not a ${wanted}.`);
  }
}
