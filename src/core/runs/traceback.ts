/** A place in a script that a log or an error message points at. */
export interface ScriptLine {
  /** As the message names it: a path in Glue's container, an S3 location, or only a file name. Empty where none is. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** The exception's own line, where it is known. */
  readonly message?: string;
}

const frame = /^\s*File "([^"]+)", line (\d+)/;
const errorLine = /^(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Warning|Iteration)?\b(?::|$)/;
/** Glue's own wordings: `Failed Line Number: 42`, `line number 42`, `[extract.py:42]`, `… at line 42 of extract.py`. */
const glueWordings: readonly { readonly pattern: RegExp; readonly file?: number; readonly line: number }[] = [
  { pattern: /Failed Line Number:\s*(\d+)/i, line: 1 },
  { pattern: /"?Failure Reason"?.*?\bline (\d+)\b/i, line: 1 },
  { pattern: /\bscript[_ ]line[_ ]number"?\s*[:=]\s*"?(\d+)/i, line: 1 },
  { pattern: /\[([\w./-]+\.(?:py|scala)):(\d+)\]/, file: 1, line: 2 },
  { pattern: /\bin ([\w./-]+\.(?:py|scala)) (?:at|on) line (\d+)\b/i, file: 1, line: 2 },
  { pattern: /\b([\w./-]+\.(?:py|scala)), line (\d+)\b/, file: 1, line: 2 },
];

/**
 * The line of the user's script at which a run failed, from its log lines in order and its error message. The last
 * traceback counts, and in it the innermost frame of a file named `scriptName`; where none is, the outermost frame that
 * is no library's. Undefined where nothing points at the script.
 */
export function findFailingLine(
  lines: Iterable<string>,
  errorMessage: string | undefined,
  scriptName: string | undefined,
): ScriptLine | undefined {
  const tracebacks = readTracebacks(lines);
  if (errorMessage !== undefined) tracebacks.push(...readTracebacks(errorMessage.split('\n')));
  for (const traceback of tracebacks.reverse()) {
    const at = pickFrame(traceback.frames, scriptName);
    if (at) return traceback.message === undefined ? at : { ...at, message: traceback.message };
  }
  return errorMessage === undefined ? undefined : readGlueWording(errorMessage, scriptName);
}

interface Traceback {
  readonly frames: ScriptLine[];
  message?: string;
}

function readTracebacks(lines: Iterable<string>): Traceback[] {
  const found: Traceback[] = [];
  let open: Traceback | undefined;
  for (const event of lines) {
    for (const line of event.split('\n')) {
      if (line.includes('Traceback (most recent call last)')) {
        open = { frames: [] };
        found.push(open);
        continue;
      }
      if (!open) {
        // A SyntaxError has a frame and no traceback.
        if (frame.test(line)) {
          open = { frames: [] };
          found.push(open);
        } else continue;
      }
      const match = frame.exec(line);
      if (match) open.frames.push({ file: match[1] ?? '', line: Number(match[2]) });
      else if (open.frames.length > 0 && errorLine.test(line)) {
        open.message = line.trim();
        open = undefined;
      }
    }
  }
  return found;
}

function pickFrame(frames: readonly ScriptLine[], scriptName: string | undefined): ScriptLine | undefined {
  const own = frames.findLast((at) => scriptName !== undefined && baseName(at.file) === scriptName);
  if (own || scriptName !== undefined) return own;
  return frames.findLast(
    (at) => !/site-packages|dist-packages|\/pyspark\/|\/py4j\/|\/awsglue\/|^<|\/lib\/python/.test(at.file),
  );
}

function readGlueWording(message: string, scriptName: string | undefined): ScriptLine | undefined {
  for (const wording of glueWordings) {
    const match = wording.pattern.exec(message);
    if (!match) continue;
    const file = wording.file === undefined ? '' : (match[wording.file] ?? '');
    if (file !== '' && scriptName !== undefined && baseName(file) !== scriptName) continue;
    return { file, line: Number(match[wording.line]), message: message.split('\n', 1)[0] ?? message };
  }
  return undefined;
}

/** The last part of a path or an S3 location. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
