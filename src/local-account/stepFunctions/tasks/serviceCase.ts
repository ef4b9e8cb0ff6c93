import type { Json } from '../../../core/interpreter/index.ts';
import { isMembers, type Members } from '../../http/input.ts';

/** `startJobRun` as the API calls it: `StartJobRun`. */
export function operationName(action: string): string {
  return action.charAt(0).toUpperCase() + action.slice(1);
}

/** Members whose keys are data and not names of the API. */
const mapMembers = new Set([
  'Arguments',
  'DefaultArguments',
  'Tags',
  'TagsToAdd',
  'RunProperties',
  'NonOverridableArguments',
  'Parameters',
]);

/** A reply as a task's result: every member in PascalCase, as SDK integrations give it, and undefined ones left out. */
export function toTaskResult(value: unknown, isMap = false): Json {
  if (Array.isArray(value)) return value.map((entry: unknown) => toTaskResult(entry));
  if (!isMembers(value)) return isJsonScalar(value) ? value : null;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, entry]) =>
      entry === undefined ? [] : [[isMap ? name : operationName(name), toTaskResult(entry, mapMembers.has(name))]],
    ),
  );
}

/** Parameters for a service whose API begins its members in lower case. */
export function toLowerMembers(value: Members): Members {
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      isMembers(entry) ? toLowerMembers(entry) : entry,
    ]),
  );
}

function isJsonScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
