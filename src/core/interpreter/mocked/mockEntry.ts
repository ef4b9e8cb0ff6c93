import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** The test case of executions that name none: it answers what does not run on this machine. */
export const defaultTestCase = 'Local';

/** What an entry of a mock configuration is for. */
export interface MockedState {
  readonly machine: string;
  readonly testCase: string;
  readonly state: string;
  /** What the state's first call returns. */
  readonly result: Json;
}

/** The part of a mock configuration that answers one state in one test case. */
export function mockEntry({ machine, testCase, state, result }: MockedState): JsonObject {
  const name = testCase === defaultTestCase ? `${machine}.${state}` : `${machine}.${testCase}.${state}`;
  return {
    StateMachines: { [machine]: { TestCases: { [testCase]: { [state]: name } } } },
    MockedResponses: { [name]: { '0': { Return: result } } },
  };
}

/** The entry that an error message ends in; undefined where it ends in none. */
export function mockEntryIn(message: string): JsonObject | undefined {
  const start = message.indexOf('{"StateMachines"');
  if (start < 0) return undefined;
  try {
    const value = JSON.parse(message.slice(start)) as Json;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A configuration's text with an entry added; what the text holds stays, so that adding twice changes nothing. An empty
 * text is an empty configuration. Throws SyntaxError where the text is not JSON, TypeError where it is no object.
 */
export function addMockEntry(text: string, entry: JsonObject): string {
  const before = text.trim() === '' ? {} : (JSON.parse(text) as Json);
  if (!isJsonObject(before)) throw new TypeError('The mock configuration is not an object.');
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  return `${JSON.stringify(merge(before, entry), undefined, indent)}\n`;
}

function merge(before: JsonObject, added: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...before };
  for (const [name, value] of Object.entries(added)) {
    const old = Object.hasOwn(merged, name) ? merged[name] : undefined;
    if (old === undefined) merged[name] = value;
    else if (isJsonObject(old) && isJsonObject(value)) merged[name] = merge(old, value);
  }
  return merged;
}
