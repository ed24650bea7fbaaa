import type { DefaultEventsMap, Namespace } from 'socket.io';
import * as z from 'zod';
import type { DeviceConfiguration, DeviceEvents } from '#shared/contract/device.ts';

interface DeviceData {
  token: string;
  /** Of the configuration that it was told. */
  version: string | null;
}

export interface DeviceSocketsOptions {
  namespace: Namespace<DefaultEventsMap, DeviceEvents, DefaultEventsMap, DeviceData>;
  /** The device that a token is of; null for any other. */
  deviceOf: (token: string) => Promise<number | null>;
  configurationOf: (device: number) => Promise<DeviceConfiguration | null>;
  onSettings: (listener: () => void) => () => void;
  log: (error: unknown) => void;
}

const Handshake = z.object({ token: z.string().min(1).max(300) });

/** What tablets hear while they are online: their whole configuration at the start and after every change of it. */
export function deviceSockets({
  namespace,
  deviceOf,
  configurationOf,
  onSettings,
  log,
}: DeviceSocketsOptions): () => void {
  type DeviceSocket = ReturnType<DeviceSocketsOptions['namespace']['sockets']['get']>;

  async function tell(socket: NonNullable<DeviceSocket>): Promise<void> {
    const device = await deviceOf(socket.data.token);
    const configuration = device === null ? null : await configurationOf(device);
    if (!configuration) {
      socket.emit('revoked');
      socket.disconnect(true);
    } else if (configuration.version !== socket.data.version) {
      socket.data.version = configuration.version;
      socket.emit('configuration', configuration);
    }
  }

  namespace.use(async (socket, next) => {
    try {
      const handshake = Handshake.safeParse(socket.handshake.auth);
      const device = handshake.success ? await deviceOf(handshake.data.token) : null;
      if (device === null || !handshake.success) return next(new Error('not-signed-in'));
      socket.data = { token: handshake.data.token, version: null };
      next();
    } catch (error) {
      log(error);
      next(new Error('internal-error'));
    }
  });
  namespace.on('connection', (socket) => {
    socket.on('error', () => {});
    tell(socket).catch(log);
  });

  let turn: Promise<void> = Promise.resolve();
  return onSettings(() => {
    turn = turn.then(async () => {
      for (const socket of [...namespace.sockets.values()]) await tell(socket).catch(log);
    });
  });
}
