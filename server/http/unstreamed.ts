import { Socket } from 'node:net';

/** Every connection reads into these bytes: what came is copied before the next is read. */
const room = Buffer.allocUnsafeSlow(64 * 1024);

/** What node:net keeps of a connection and leaves out of its types. */
interface Inside {
  _handle: unknown;
  /** The server that counts it as open. */
  _server: unknown;
}

/**
 * A connection that was just accepted, as a socket that hands `take` its bytes as they come; those that it does not want (false)
 * go the usual way, as data of the stream. For a stream Node makes a buffer of 64 kB for every read, of which a rating fills
 * half a kilobyte: a tenth of all that a rating costs (decision 0017). `net.Socket` reads without, but a server cannot ask for it.
 */
export function unstreamed(accepted: Socket, take: (bytes: Buffer) => boolean): Socket {
  const inside = accepted as Socket & Inside;
  const { _handle: handle, _server: server } = inside;
  inside._handle = null;
  inside._server = null;
  const onread = {
    buffer: room,
    callback(size: number): boolean {
      const bytes = Buffer.from(room.subarray(0, size));
      return take(bytes) || socket.push(bytes);
    },
  };
  const socket = new Socket({ handle: handle as never, allowHalfOpen: true, onread });
  return Object.assign(socket, { _server: server });
}
