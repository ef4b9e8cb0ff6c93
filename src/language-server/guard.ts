import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/**
 * A handler whose failures are logged with their stack and answered as a failed request, so that one bad document
 * never ends the server.
 */
export function guard<Params, Result>(
  log: (message: string) => void,
  name: string,
  handler: (params: Params) => Promise<Result> | Result,
): (params: Params) => Promise<Result> {
  return async (params) => {
    try {
      return await handler(params);
    } catch (error) {
      // A refusal has its own words for the user.
      if (error instanceof ResponseError) throw error;
      log(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      throw new ResponseError<undefined>(
        LSPErrorCodes.RequestFailed,
        `${name} failed; the log has the details.`,
        undefined,
      );
    }
  };
}
