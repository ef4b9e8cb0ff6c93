import { validate, type Finding } from '../../core/asl/index.ts';
import { AwsError } from '../http/awsError.ts';
import { isMembers } from '../http/input.ts';

const longestDefinition = 1024 * 1024;

/** Checks a definition before it is stored; throws InvalidDefinition with what is wrong first. */
export function checkDefinition(definition: string): void {
  if (Buffer.byteLength(definition) > longestDefinition) {
    throw invalid('the definition is longer than 1 MB');
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(definition);
  } catch (error) {
    throw invalid(`INVALID_JSON_DESCRIPTION: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isMembers(parsed)) throw invalid('INVALID_JSON_DESCRIPTION: the definition is not an object');
  const errors = findingsOf(definition).filter(({ severity }) => severity === 1);
  if (errors.length > 0) {
    const shown = errors.slice(0, 5).map(({ message, range }) => `${message} (line ${range.start.line + 1})`);
    throw invalid(`SCHEMA_VALIDATION_FAILED: ${shown.join(', ')}`);
  }
}

/** What is wrong with a definition, and what may be. */
export function findingsOf(definition: string): readonly Finding[] {
  return validate(definition);
}

function invalid(problem: string): AwsError {
  return new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${problem}'`);
}
