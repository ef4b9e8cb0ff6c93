import type { HistoryEvent } from '../../core/interpreter/index.ts';
import { isMembers, type Members } from '../http/input.ts';
import { seconds } from '../http/time.ts';

/** Members of event details that hold a user's data, which a caller may leave out. */
const dataMembers = new Set([
  'input',
  'output',
  'parameters',
  'inputDetails',
  'outputDetails',
  'assignedVariables',
  'assignedVariablesDetails',
]);

/** One event as GetExecutionHistory writes it. */
export function presentEvent(event: HistoryEvent, includesData: boolean): Members {
  const members = Object.entries(event).map(([name, value]): [string, unknown] => {
    if (name === 'timestamp') return [name, seconds(event.timestamp)];
    return [name, includesData || !isMembers(value) ? value : withoutData(value)];
  });
  return Object.fromEntries(members);
}

function withoutData(details: Members): Members {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !dataMembers.has(name)));
}
