import { relayMark } from '../../../core/glue/localRun/index.ts';
import { frameKinds, windowBytes } from './frames.ts';

/**
 * The container's end of the relay, for any Python from 3.7 on, with its standard library alone. It listens on the
 * container's own 127.0.0.1, on the ports that its arguments name, and carries what comes over its stdin and stdout as
 * frames (see frames.ts). When its stdin ends, the editor has gone, and nobody reads what the container does: it ends it.
 */
export const relayProgram = `
import asyncio, os, signal, struct, sys
HEAD = struct.Struct('>BII')
OPEN, DATA, END, RESET, ACK = ${frameKinds.open}, ${frameKinds.data}, ${frameKinds.end}, ${frameKinds.reset}, ${frameKinds.ack}
links, last = {}, 0

class Link:
    def __init__(self, writer):
        self.writer, self.room, self.wake = writer, ${windowBytes}, asyncio.Event()
        self.inbox, self.open_ends = asyncio.Queue(), 2

async def main(ports):
    loop = asyncio.get_event_loop()
    source = asyncio.StreamReader(limit=1 << 20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(source), sys.stdin.buffer)
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, sys.stdout.buffer)
    out = asyncio.StreamWriter(transport, protocol, None, loop)
    lock = asyncio.Lock()

    async def send(kind, number, body=b''):
        async with lock:
            out.write(HEAD.pack(kind, number, len(body)) + body)
            await out.drain()

    def ended(number, link, ends=1):
        link.open_ends -= ends
        if link.open_ends <= 0 and links.pop(number, None):
            link.writer.close()

    async def deliver(number, link):
        try:
            while True:
                body = await link.inbox.get()
                if body is None:
                    break
                link.writer.write(body)
                await link.writer.drain()
                await send(ACK, number, struct.pack('>I', len(body)))
            if link.writer.can_write_eof():
                link.writer.write_eof()
            ended(number, link)
        except (ConnectionError, RuntimeError):
            if number in links:
                await send(RESET, number)
                ended(number, link, 2)

    def accept(index):
        async def accepted(reader, writer):
            global last
            last += 1
            number, link = last, Link(writer)
            links[number] = link
            asyncio.ensure_future(deliver(number, link))
            try:
                await send(OPEN, number, bytes([index]))
                while True:
                    body = await reader.read(65536)
                    if not body:
                        break
                    while link.room <= 0:
                        link.wake.clear()
                        await link.wake.wait()
                    link.room -= len(body)
                    await send(DATA, number, body)
                await send(END, number)
                ended(number, link)
            except ConnectionError:
                if number in links:
                    await send(RESET, number)
                    ended(number, link, 2)
        return accepted

    servers = [await asyncio.start_server(accept(index), '127.0.0.1', port) for index, port in enumerate(ports)]
    open(${JSON.stringify(relayMark)}, 'w').close()
    try:
        while True:
            kind, number, length = HEAD.unpack(await source.readexactly(HEAD.size))
            body = await source.readexactly(length)
            link = links.get(number)
            if link is None:
                continue
            if kind == DATA:
                link.inbox.put_nowait(body)
            elif kind == END:
                link.inbox.put_nowait(None)
            elif kind == ACK:
                link.room += struct.unpack('>I', body)[0]
                link.wake.set()
            elif kind == RESET:
                links.pop(number, None)
                link.writer.transport.abort()
    except asyncio.IncompleteReadError:
        pass
    os.kill(1, signal.SIGTERM)
    await asyncio.sleep(5)
    os.kill(-1, signal.SIGKILL)

asyncio.get_event_loop().run_until_complete(main([int(port) for port in sys.argv[1:]]))
`.trim();
