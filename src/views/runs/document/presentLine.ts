import type { EventMark, LogEntry, RunEntry } from '../../../core/runs/entry.ts';
import { formatLogTime } from '../../../core/runs/logTime.ts';
import type { TimeFormat } from '../../../core/runs/format.ts';

/** The column of states is as wide as needed, up to this. */
const maxColumn = 24;
/** What an editor shows of one line without slowing down; the full log has the rest. */
const maxLineLength = 2_000;
const timeWidth = '07:30:02.101'.length;

export const marks = {
  entered: '▸',
  info: '',
  succeeded: '✓',
  failed: '✗',
  warning: '⚠',
  stopped: '⊘',
} as const satisfies Record<EventMark, string>;

/** Width of the column that a path needs; 0 for the run itself. */
export function columnOf(path: readonly string[]): number {
  return Math.min(maxColumn, pathText(path).length);
}

export function pathText(path: readonly string[]): string {
  return path.join(' / ');
}

/** The lines of an entry: time, state, stream and text; further lines of a text stand below its first one. */
export function presentEntry(entry: RunEntry, columnWidth: number, format: TimeFormat): string[] {
  // A line that came late stands below later ones; its time says so.
  const time = `${formatLogTime(entry.timeMs, format)}${entry.late ? '~' : ' '}`;
  const state = columnWidth === 0 ? '' : ` ${fit(pathText(entry.path), columnWidth)}`;
  const stream = (entry.kind === 'log' ? streamLabel(entry) : '').padEnd(3);
  const mark = entry.kind === 'event' && marks[entry.mark] ? `${marks[entry.mark]} ` : '';
  const head = `${time}${state}  ${stream} `;
  const lines = entry.text.split('\n');
  // Joined, not concatenated: a line is kept for long, and its pieces need not be.
  if (lines.length === 1) return [[head, mark, cut(entry.text)].join('')];
  const indent = ' '.repeat(head.length);
  return lines.map((line, index) => (index === 0 ? `${head}${mark}${cut(line)}` : `${indent}${cut(line)}`));
}

/** Where the text of an entry begins in its lines. */
export function textColumn(columnWidth: number): number {
  return timeWidth + 1 + (columnWidth === 0 ? 0 : columnWidth + 1) + 2 + 4;
}

/** `out`, `err`, `log`, `ins`; of an executor the first letter and its number. */
export function streamLabel({ stream, executor }: Pick<LogEntry, 'stream' | 'executor'>): string {
  if (executor !== undefined) return `${stream.charAt(0)}${executor}`;
  return stream === 'insight' ? 'ins' : stream;
}

/** The line of the full log for an entry: everything, with date and zone. */
export function presentFullLine(entry: RunEntry): string {
  const path = entry.path.length === 0 ? '' : `${pathText(entry.path)}\t`;
  const stream = entry.kind === 'log' ? `${streamLabel(entry)}\t` : '';
  const mark = entry.kind === 'event' && marks[entry.mark] ? `${marks[entry.mark]} ` : '';
  return `${new Date(entry.timeMs).toISOString()}\t${path}${stream}${mark}${entry.text}\n`;
}

function fit(text: string, width: number): string {
  // The end of a path says more than its beginning.
  return text.length > width ? `…${text.slice(text.length - width + 1)}` : text.padEnd(width);
}

function cut(line: string): string {
  if (line.length <= maxLineLength) return line;
  return `${line.slice(0, maxLineLength)} … ${line.length - maxLineLength} more characters in the full log`;
}
