/** Members of an event's detail object, checked as they are read. */
export type Details = Readonly<Record<string, unknown>>;

export function textOf(details: Details, name: string): string | undefined {
  const value = details[name];
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(details: Details, name: string): number | undefined {
  const value = details[name];
  return typeof value === 'number' ? value : undefined;
}

/** The object that a JSON text holds, or undefined where it holds none. */
export function jsonObject(text: string | undefined): Details | undefined {
  if (!text?.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Details) : undefined;
  } catch {
    return undefined;
  }
}

/** A failure's cause as a sentence: Glue and Lambda put theirs into a member of a JSON object. */
export function readableCause(cause: string | undefined): string | undefined {
  const object = jsonObject(cause);
  if (!object) return cause?.trim() ? cause.trim() : undefined;
  const message = textOf(object, 'ErrorMessage') ?? textOf(object, 'errorMessage') ?? textOf(object, 'Cause');
  const type = textOf(object, 'errorType');
  if (message === undefined) return cause;
  return type !== undefined && !message.startsWith(type) ? `${type}: ${message}` : message;
}

/** Error and cause on one line, for a row: the cause where there is one, for it says more. */
export function failureLine(error: string | undefined, cause: string | undefined): string | undefined {
  const said = readableCause(cause)?.split('\n', 1)[0]?.trim();
  if (!said) return error;
  if (!error || error === 'States.TaskFailed' || said.startsWith(error)) return said;
  return `${error}: ${said}`;
}
