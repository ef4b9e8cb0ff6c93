import { Location, Position, TestMessage, TestMessageStackFrame, type Uri } from 'vscode';
import type { TestResult } from '../../core/glue/localRun/index.ts';

type Failure = Partial<TestResult> & Pick<TestResult, 'frames'>;

/** A failure as the Testing view shows it: at its line, with both sides of a comparison and the calls that led there. */
export function toMessage(
  { message, text, expected, actual, frames }: Failure,
  file: Uri,
  uriOf: (path: string) => Uri | undefined,
): TestMessage {
  const said = message ?? text ?? 'The test failed.';
  const shown =
    expected !== undefined && actual !== undefined ? TestMessage.diff(said, expected, actual) : new TestMessage(said);
  const own = frames.flatMap(({ path, line, name }) => {
    const uri = uriOf(path);
    return uri ? [{ uri, name, position: new Position(line - 1, 0) }] : [];
  });
  const at = own.findLast(({ uri }) => uri.toString() === file.toString()) ?? own.at(-1);
  shown.location = at ? new Location(at.uri, at.position) : new Location(file, new Position(lineOf(text) - 1, 0));
  if (own.length > 1) {
    shown.stackTrace = own
      .toReversed()
      .map(({ uri, name, position }) => new TestMessageStackFrame(name, uri, position));
  }
  return shown;
}

/** Where pytest says that a file cannot be read. */
function lineOf(text = ''): number {
  const [, line = '1'] = /(?:, line |\.py:)(\d+)/.exec(text) ?? [];
  return Number(line);
}
