const window = 30_000;
const most = 4;
const pause = 8_000;

/**
 * Somebody who gives one grade after another, mostly a child: after the fourth within half a minute the screen waits for
 * a moment. Nothing is thrown away; the server marks what comes fast.
 */
export function createBurst(now: () => number = Date.now) {
  let given: number[] = [];
  return {
    add(): void {
      given = [...given.filter((at) => now() - at < window), now()];
    },
    /** Milliseconds to wait before the next question; zero when there is no hurry. */
    pause(): number {
      if (given.filter((at) => now() - at < window).length < most) return 0;
      given = [];
      return pause;
    },
  };
}
