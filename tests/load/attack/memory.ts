import { readFileSync } from 'node:fs';
import type { Program } from '../../support/program.ts';
import { until } from '../../support/until.ts';

/** What a program holds on to, in bytes. */
export interface Memory {
  /** In use after everything that nobody refers to was collected: objects, and the buffers that belong to them. */
  held: number;
  /** What the operating system has given it; V8 keeps what it had once, so this tells the most there was. Linux only. */
  resident: number;
}

/** With this a program that is started lets its heap be looked at. */
export const inspected = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

/** Looks at the heap from outside: the program itself has nothing for it. */
export async function watchMemory(program: Program): Promise<{ look(): Promise<Memory>; close(): void }> {
  const address = await until('the inspector listens', () => {
    const line = program.output.find((text) => text.startsWith('Debugger listening on '));
    return line?.slice('Debugger listening on '.length);
  });
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  let number = 0;
  const ask = <Answer>(method: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const id = ++number;
      const listen = ({ data }: MessageEvent) => {
        const message = JSON.parse(String(data));
        if (message.id !== id) return;
        socket.removeEventListener('message', listen);
        if (message.error) reject(new Error(message.error.message));
        else resolve(message.result);
      };
      socket.addEventListener('message', listen);
      socket.addEventListener('close', () => reject(new Error('The program is gone.')), { once: true });
      socket.send(JSON.stringify({ id, method }));
    });
  return {
    async look() {
      await ask('HeapProfiler.collectGarbage');
      const { usedSize, backingStorageSize = 0 } = await ask<{
        usedSize: number;
        backingStorageSize?: number;
      }>('Runtime.getHeapUsage');
      return { held: usedSize + backingStorageSize, resident: residentOf(program.process.pid!) };
    },
    close: () => socket.close(),
  };
}

function residentOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** More than this beside what was held after the warm-up, in bytes, is growth: caches of a bounded size may still fill. */
const slack = 8 * 2 ** 20;
export const hasGrown = (looks: readonly Memory[]): boolean =>
  looks.length > 1 && looks.at(-1)!.held > looks[0]!.held + slack;
