import type { ResumePoint } from './execution.ts';
import type { HistoryEvent } from './history.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';

/**
 * Where RedriveExecution goes on: the state of the machine's own level that was entered and not left, its input, and the
 * variables assigned until then. A Parallel or Map starts again as a whole. Undefined when the history shows no such state,
 * as after a success. https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export function resumePoint(definition: JsonObject, events: Iterable<HistoryEvent>): ResumePoint | undefined {
  const states = isJsonObject(definition['States']) ? definition['States'] : {};
  let open: { readonly stateName: string; readonly input: Json } | undefined;
  let variables: JsonObject = {};
  let lastEventId = 0;
  let redriveCount = 0;
  let startedAt = 0;
  for (const event of events) {
    lastEventId = event.id;
    if (event.type === 'ExecutionStarted') startedAt = event.timestamp;
    if (event.type === 'ExecutionRedriven') redriveCount++;
    const entered = event['stateEnteredEventDetails'];
    const exited = event['stateExitedEventDetails'];
    const name = (entered ?? exited)?.['name'];
    if (typeof name !== 'string' || !Object.hasOwn(states, name)) continue;
    if (entered) {
      open = { stateName: name, input: parse(entered['input']) };
    } else {
      open = undefined;
      variables = { ...variables, ...assigned(exited?.['assignedVariables']) };
    }
  }
  return open && { ...open, variables, lastEventId, redriveCount: redriveCount + 1, startedAt };
}

function assigned(texts: unknown): JsonObject {
  if (typeof texts !== 'object' || texts === null) return {};
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, parse(text)]));
}

function parse(text: unknown): Json {
  return typeof text === 'string' ? (JSON.parse(text) as Json) : {};
}
