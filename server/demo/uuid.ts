import type { Random } from './random.ts';

const hex = (number: number, length: number) => number.toString(16).padStart(length, '0');

/** A version 7 UUID (RFC 9562): the time in milliseconds, then chance. */
export function uuid7(at: number, random: Random): string {
  const time = hex(at, 12);
  const a = random.bits();
  const b = random.bits();
  const c = random.bits();
  return [
    time.slice(0, 8),
    time.slice(8),
    hex(0x7000 | (a & 0xfff), 4),
    hex(0x8000 | ((a >>> 12) & 0x3fff), 4),
    hex(b, 8) + hex(c & 0xffff, 4),
  ].join('-');
}
