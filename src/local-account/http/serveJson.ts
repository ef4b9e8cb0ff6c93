import { once } from 'node:events';
import { AwsError, toAwsError } from './awsError.ts';
import { readBody } from './body.ts';
import { reply, type HttpCall } from './call.ts';
import { encodeMessage, EventStreamReply, initialResponse } from './eventStream.ts';
import { isMembers, type Members } from './input.ts';
import type { JsonService } from './jsonService.ts';

/** Answers one call in AWS JSON 1.0 or 1.1, whose operation is what `X-Amz-Target` names after the dot. */
export async function serveJson(service: JsonService, operation: string, call: HttpCall): Promise<void> {
  const type = `application/x-amz-json-${service.spec.jsonVersion}`;
  try {
    const members = parseMembers(await readBody(call.request));
    const output = await service.invoke(operation, members, call.signal);
    if (output instanceof EventStreamReply) await sendStream(call, output);
    else reply(call, 200, { 'content-type': type }, JSON.stringify(output));
  } catch (thrown) {
    const error = toAwsError(thrown);
    const body = { __type: error.code, [service.spec.messageMember]: error.message, ...error.members };
    reply(call, error.status, { 'content-type': type, 'x-amzn-errortype': error.code }, JSON.stringify(body));
    if (error.status >= 500) throw thrown;
  }
}

/** Sends messages as they come, no faster than the caller reads; ends with them or with the caller. */
async function sendStream(call: HttpCall, { messages }: EventStreamReply): Promise<void> {
  const { response, signal } = call;
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  response.write(encodeMessage(initialResponse));
  try {
    for await (const message of messages) {
      if (!response.write(encodeMessage(message))) await once(response, 'drain', { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    response.end();
  }
}

function parseMembers(body: Buffer): Members {
  const text = body.toString('utf8');
  if (text.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (isMembers(parsed)) return parsed;
  } catch {
    // Falls through to the one answer for everything that is not an object.
  }
  throw new AwsError('SerializationException', 'The body is not a JSON object.');
}
