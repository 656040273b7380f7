/** Where the ticks of an axis stand, and how a number becomes a pixel. */

export interface Axis {
  low: number;
  high: number;
  ticks: number[];
  /** Decimals that tell neighbouring ticks apart. */
  decimals: number;
}

const STEPS = [1, 2, 2.5, 5, 10];

/**
 * An axis over `values` with about `wanted` ticks at round numbers.
 *
 * Values that are all the same, or none at all, get room around them, so that every axis has a length.
 */
export function axis(values: Iterable<number>, wanted: number): Axis {
  let [low, high] = [Infinity, -Infinity];
  for (const x of values) {
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  if (low > high) [low, high] = [0, 1];
  if (low === high) {
    const room = Math.abs(low) / 2 || 1;
    [low, high] = [low - room, high + room];
  }
  const step = roundStep((high - low) / wanted);
  const ticks: number[] = [];
  const first = Math.ceil(low / step - 1e-9);
  for (let k = first; k * step <= high + step * 1e-9 && ticks.length < 50; k += 1) ticks.push(k * step);
  const decimals = Math.max(0, Math.min(12, -Math.floor(Math.log10(step) + 1e-9) + (isHalf(step) ? 1 : 0)));
  return { low, high, ticks, decimals };
}

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * (STEPS.find((s) => s * power >= step * (1 - 1e-9)) ?? 10);
}

function isHalf(step: number): boolean {
  const lead = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
  return Math.abs(lead - 2.5) < 1e-6;
}

/** From the numbers of an axis to pixels between `from` and `to`. */
export function scale(on: Axis, from: number, to: number): (x: number) => number {
  const length = on.high - on.low;
  return (x) => from + ((x - on.low) / length) * (to - from);
}
