import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';

/** See frontDoor.d.mts. */
export async function openFrontDoor() {
  const hosts = new Set();
  let vsCodePort = 0;
  const portOf = (request) => {
    const host = request.headers.host ?? '';
    hosts.add(host);
    return Number(/^(\d+)\.sluice\.localhost:/.exec(host)?.[1] ?? vsCodePort);
  };
  const sockets = new Set();
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const request = httpRequest({ host: '127.0.0.1', port: portOf(incoming), method, path: url, headers });
    request.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    request.on('error', () => outgoing.destroy());
    outgoing.on('close', () => request.destroy());
    incoming.pipe(request);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (incoming, socket, head) => {
    const upstream = connect(portOf(incoming), '127.0.0.1');
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
    for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
      lines.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`);
    }
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
    for (const [one, other] of [
      [upstream, socket],
      [socket, upstream],
    ]) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return {
    url: `http://sluice.localhost:${port}`,
    portsUrl: `http://{{port}}.sluice.localhost:${port}/`,
    hosts,
    leadTo: (to) => {
      vsCodePort = to;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
