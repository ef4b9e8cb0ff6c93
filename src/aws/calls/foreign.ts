/** Members that things from the SDK and from Node may have; each is checked before it is used. */
interface Foreign {
  readonly $metadata?: unknown;
  readonly $response?: unknown;
  readonly body?: unknown;
  readonly cause?: unknown;
  readonly code?: unknown;
  readonly date?: unknown;
  readonly errors?: unknown;
  readonly headers?: unknown;
  readonly httpStatusCode?: unknown;
  readonly message?: unknown;
  readonly method?: unknown;
  readonly name?: unknown;
  readonly request?: unknown;
  readonly requestId?: unknown;
  readonly statusCode?: unknown;
  readonly Code?: unknown;
  readonly 'content-type'?: unknown;
  readonly 'retry-after'?: unknown;
}

export function isObject(value: unknown): value is Foreign {
  return typeof value === 'object' && value !== null;
}
