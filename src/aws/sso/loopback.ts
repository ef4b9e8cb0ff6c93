import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../core/base/userError.ts';

export interface Loopback {
  readonly redirectUri: string;
  /** The code that the browser brings; rejects with UserError when it brings a refusal. */
  readonly code: Promise<string>;
  close(): void;
}

const page = (title: string, text: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<style>body{font:16px system-ui,sans-serif;margin:20vh auto;max-width:30em;text-align:center;color-scheme:light dark}</style>
</head><body><h1>${title}</h1><p>${text}</p></body></html>`;

/** Waits on 127.0.0.1, on a port of the system's choice, for the browser to come back with `state` and a code. */
export async function listenForCode(state: string): Promise<Loopback> {
  let settle: { resolve: (code: string) => void; reject: (error: UserError) => void } | undefined;
  const came = new Promise<string>((resolve, reject) => {
    settle = { resolve, reject };
  });
  came.catch(() => undefined);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (request.method !== 'GET' || url.pathname !== '/oauth/callback') {
      give(response, 404, page('Not found', 'This page only waits for a sign-in.'));
      return;
    }
    // Anybody on this machine can call; only the browser that we sent knows the state.
    if (url.searchParams.get('state') !== state) {
      give(response, 400, page('Not this sign-in', 'The answer belongs to another sign-in. Start again in VS Code.'));
      return;
    }
    const code = url.searchParams.get('code');
    if (code) {
      give(response, 200, page('You are signed in', 'You can close this page and go back to VS Code.'));
      settle?.resolve(code);
      return;
    }
    give(response, 200, page('Not signed in', 'The request was declined. Go back to VS Code.'));
    settle?.reject(
      new UserError('sso-expired', 'Not signed in: the request was declined in the browser.', 'Sign in again.'),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    redirectUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth/callback`,
    code: came,
    close: () => {
      server.close();
      server.closeIdleConnections();
    },
  };
}

function give(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    connection: 'close',
  });
  response.end(html);
}
