/** TestState refuses a call; `code` and `name` are those of the API's exception. */
export class TestStateError extends Error {
  override readonly name: string;

  constructor(
    readonly code: 'ValidationException' | 'InvalidDefinition' | 'InvalidExecutionInput' | 'ParamValidationError',
    message: string,
  ) {
    super(message);
    this.name = code;
  }
}
