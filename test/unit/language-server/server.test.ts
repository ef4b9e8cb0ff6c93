import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationRequest, DiagnosticRefreshRequest } from 'vscode-languageserver-protocol/node';
import { createConnection } from 'vscode-languageserver/node';
import { startServer } from '../../../src/language-server/server.ts';
import { streamPair, TestLanguageClient } from '../../support/languageClient.ts';

const uri = 'file:///pipelines/orders.asl.json';
const definition = [
  '{',
  '  "StartAt": "Extract",',
  '  "States": {',
  '    "Extract": { "Type": "Pass", "Next": "Transfrom" },',
  '    "Transform": { "Type": "Succeed" }',
  '  }',
  '}',
].join('\n');

let client: TestLanguageClient;

beforeEach(() => {
  const { toServer, toClient } = streamPair();
  startServer(createConnection(toServer, toClient));
  client = TestLanguageClient.over(toClient, toServer);
});
afterEach(() => client.dispose());

describe('diagnostics', () => {
  it('point at the wrong state name, say which one is meant, and go once it is put right', async () => {
    await client.initialize();
    await client.open(uri, 'asl', definition);
    const [found] = await client.diagnostics(uri);
    expect(found).toMatchObject({
      source: 'sluice',
      code: 'asl/unknown-next',
      severity: 1,
      range: { start: { line: 3, character: 41 } },
    });
    expect(found?.message).toContain('Did you mean "Transform"?');

    await client.change(
      uri,
      [
        [3, 41],
        [3, 52],
      ],
      '"Transform"',
    );
    expect(await client.diagnostics(uri)).toEqual([]);
  });

  it('follow the setting sluice.rules, also while documents are open', async () => {
    const rules: Record<string, string> = { 'asl/unknown-next': 'warning' };
    let refreshes = 0;
    client.connection.onRequest(ConfigurationRequest.type, () => [{ rules }]);
    client.connection.onRequest(DiagnosticRefreshRequest.type, () => {
      refreshes++;
    });
    await client.initialize({ workspace: { configuration: true, diagnostics: { refreshSupport: true } } });
    await client.open(uri, 'asl', definition);
    expect((await client.diagnostics(uri)).map(({ severity }) => severity)).toContain(2);

    rules['asl/unknown-next'] = 'off';
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    const codes = (await client.diagnostics(uri)).map(({ code }) => code);
    expect(codes).not.toContain('asl/unknown-next');
    expect(refreshes).toBe(1);
  });

  it('come for YAML too, and none for a document that is not open', async () => {
    await client.initialize();
    await client.open('file:///p.asl.yaml', 'asl-yaml', 'StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n');
    expect((await client.diagnostics('file:///p.asl.yaml')).map(({ code }) => code)).toContain('asl/unknown-next');
    expect(await client.diagnostics('file:///other.asl.json')).toEqual([]);
  });
});
