import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** How the `from`th to the `to`th call of a state end, counted from 0: with a raw result, or with an error. */
export type MockResponse = { readonly from: number; readonly to: number } & (
  | { readonly kind: 'return'; readonly result: Json }
  | { readonly kind: 'throw'; readonly error: string; readonly cause?: string }
);

/** The answers of the states of one test case, by state name. */
export type MockCase = ReadonlyMap<string, readonly MockResponse[]>;

/** A mock configuration that cannot be used; the message says where and why. */
export class MockConfigError extends Error {
  override readonly name = 'MockConfigError';
}

/**
 * A mock configuration of Step Functions Local: test cases by machine, answers by name.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html
 */
export class MockConfig {
  private constructor(
    private readonly machines: JsonObject,
    private readonly responses: JsonObject,
  ) {}

  /** Reads the file's text. Throws `MockConfigError`. */
  static parse(text: string): MockConfig {
    let value: Json;
    try {
      value = JSON.parse(text) as Json;
    } catch (error) {
      throw new MockConfigError(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
    const root = object(value, 'It');
    const machines = root['StateMachines'] ?? {};
    const responses = root['MockedResponses'] ?? {};
    return new MockConfig(object(machines, 'StateMachines'), object(responses, 'MockedResponses'));
  }

  /** Names of a machine's test cases, as written. */
  casesOf(machine: string): readonly string[] {
    return Object.keys(this.#casesOf(machine));
  }

  /** Undefined where there is no such test case. Throws `MockConfigError` where what it names is missing or wrong. */
  find(machine: string, testCase: string): MockCase | undefined {
    const path = `StateMachines.${machine}.TestCases.${testCase}`;
    const found = own(this.#casesOf(machine), testCase);
    if (found === undefined) return undefined;
    return new Map(
      Object.entries(object(found, path)).map(([state, name]) => {
        if (typeof name !== 'string') throw new MockConfigError(`${path}.${state} is not the name of a response.`);
        const response = own(this.responses, name);
        if (response === undefined) {
          throw new MockConfigError(`${path}.${state} names "${name}", which is not in MockedResponses.`);
        }
        return [state, parseResponses(object(response, `MockedResponses.${name}`), `MockedResponses.${name}`)];
      }),
    );
  }

  #casesOf(machine: string): JsonObject {
    const found = own(this.machines, machine);
    const path = `StateMachines.${machine}`;
    return found === undefined ? {} : object(object(found, path)['TestCases'] ?? {}, `${path}.TestCases`);
  }
}

const range = /^(\d{1,6})(?:-(\d{1,6}))?$/;

function parseResponses(given: JsonObject, path: string): readonly MockResponse[] {
  const responses = Object.entries(given).map(([calls, response]): MockResponse => {
    const at = `${path}.${calls}`;
    const [, first, last = first] = range.exec(calls) ?? [];
    const span = { from: Number(first), to: Number(last) };
    if (first === undefined || span.to < span.from) {
      throw new MockConfigError(`${at}: "${calls}" is neither the number of a call nor a range such as "1-2".`);
    }
    const { Return: result, Throw: thrown } = object(response, at);
    if ((result === undefined) === (thrown === undefined)) {
      throw new MockConfigError(`${at} needs either "Return" or "Throw".`);
    }
    if (result !== undefined) return { ...span, kind: 'return', result };
    const { Error: error, Cause: cause } = object(thrown, `${at}.Throw`);
    if (typeof error !== 'string') throw new MockConfigError(`${at}.Throw needs "Error".`);
    return { ...span, kind: 'throw', error, ...(typeof cause === 'string' && { cause }) };
  });
  return responses.sort((left, right) => left.from - right.from);
}

function own(of: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}

function object(value: Json | undefined, path: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw new MockConfigError(`${path} is not an object.`);
}
