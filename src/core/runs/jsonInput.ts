import { UserError } from '../base/userError.ts';
import { findJsonProblem } from '../language/jsonProblem.ts';

/** The most that Step Functions takes as input of an execution, in bytes of UTF-8. */
const maxInputBytes = 262_144;

/**
 * The input of an execution as it is sent; an empty text is `{}`. Rejects by throwing `bad-input` with the line where it
 * is no JSON, and `limit-exceeded` beyond 256 KiB.
 */
export function checkInput(text: string): string {
  if (text.trim() === '') return '{}';
  const problem = findJsonProblem(text);
  if (problem) {
    throw new UserError(
      'bad-input',
      `Execution not started: input is not JSON (line ${problem.line}: ${problem.message}).`,
      '',
      { line: problem.line },
    );
  }
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > maxInputBytes) {
    throw new UserError(
      'limit-exceeded',
      `Execution not started: input has ${bytes.toLocaleString('en')} bytes, Step Functions takes ${maxInputBytes.toLocaleString('en')}.`,
      'Put the data into S3 and pass its address.',
    );
  }
  return text;
}
