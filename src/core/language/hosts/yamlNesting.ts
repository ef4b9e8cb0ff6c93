/**
 * Whether a YAML text may nest deeper than `limit`, counted generously: brackets within strings and comments count as
 * well. The reader of the yaml package recurses, and where the stack ends while V8 compiles a regular expression the
 * process ends with it; so what is far too deep must not reach that reader.
 */
export function mayNestDeeperThan(text: string, limit: number): boolean {
  let flow = 0;
  let block = 0;
  let isIndent = true;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case NEWLINE:
        block = 0;
        isIndent = true;
        continue;
      case SPACE:
      case DASH:
      case QUESTION_MARK:
        // Each level of block collections takes a column at least: of indentation, or of `- ` and `? `.
        if (isIndent) block++;
        break;
      case OPEN_BRACKET:
      case OPEN_BRACE:
        flow++;
        isIndent = false;
        break;
      case CLOSE_BRACKET:
      case CLOSE_BRACE:
        if (flow > 0) flow--;
        isIndent = false;
        break;
      default:
        isIndent = false;
    }
    if (flow + block > limit) return true;
  }
  return false;
}

const NEWLINE = 0x0a;
const SPACE = 0x20;
const DASH = 0x2d;
const QUESTION_MARK = 0x3f;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
