import type { LogOutputChannel } from 'vscode';
import type { Log } from '../core/base/log.ts';

/** The output channel as the port that everything logs to; an error is written with its stack and those of its causes. */
export function toLog(channel: LogOutputChannel): Log {
  return {
    trace: (message) => channel.trace(message),
    debug: (message) => channel.debug(message),
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message) => channel.error(typeof message === 'string' ? message : withCauses(message)),
  };
}

function withCauses(error: Error): string {
  const parts: string[] = [];
  const seen = new Set<unknown>();
  for (let at: unknown = error; at !== undefined && !seen.has(at); at = at instanceof Error ? at.cause : undefined) {
    seen.add(at);
    parts.push(at instanceof Error ? (at.stack ?? at.message) : typeof at === 'string' ? at : typeof at);
  }
  return parts.join('\ncaused by ');
}
