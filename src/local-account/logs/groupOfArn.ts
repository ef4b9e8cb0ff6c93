/** Name of the log group that an ARN names, with or without `:*` at its end; undefined where it is no such ARN. */
export function groupOfArn(arn: string): string | undefined {
  return /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:(.+?)(?::\*)?$/.exec(arn)?.[1];
}
