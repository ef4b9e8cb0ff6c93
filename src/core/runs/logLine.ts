import type { LogLevel } from './entry.ts';

const escapes = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
/** What any of the steps below would change. */
const unclean = /[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029]/;
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0085\u2028\u2029]/g;

/**
 * A log event's text as it can be shown: without colour codes and the last newline, a line that a progress bar
 * overwrote as it was left, other control characters as U+FFFD.
 */
export function cleanLogText(message: string): string {
  if (!unclean.test(message)) return message;
  let text = message.replace(/\r?\n$/, '');
  if (text.includes('\u001b')) text = text.replace(escapes, '');
  if (text.includes('\r')) {
    text = text
      .split(/\r?\n/)
      .map((line) => line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1).replace(/\r+$/, ''))
      .join('\n');
  }
  return text.replace(controls, '\ufffd');
}

const levelWord =
  /^(?:\[?\d[\d\-/:,.TZ+ ]*\]?\s*)?[[(|]?\s*(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)\b/;

/** The level that a line names at its head, after a timestamp or not, in the layouts of log4j and Python's logging. */
export function levelOf(text: string): LogLevel | undefined {
  switch (levelWord.exec(text.length > 120 ? text.slice(0, 120) : text)?.[1]) {
    case 'TRACE':
    case 'DEBUG':
      return 'debug';
    case 'INFO':
    case 'NOTICE':
      return 'info';
    case 'WARN':
    case 'WARNING':
      return 'warn';
    case 'ERROR':
    case 'FATAL':
    case 'CRITICAL':
    case 'SEVERE':
      return 'error';
    default:
      // Tracebacks and exceptions carry no level word.
      return /^(?:Traceback \(most recent call last\)|(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception)\b:?)/.test(text)
        ? 'error'
        : undefined;
  }
}
