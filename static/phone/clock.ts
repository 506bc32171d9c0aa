// The phone's clock may be wrong: headquarters says by how much. Days are those of the campaign's zone.
export interface Clock {
  now(): number;
  /** Server's now − phone's now, in milliseconds. */
  error: number;
  /** The campaign's zone, in minutes east of UTC. */
  offset: number;
}

export const iso = (ms: number): string => new Date(ms).toISOString();

const local = (ms: number, clock: Clock): Date => new Date(ms + clock.error + clock.offset * 60_000);

/** The campaign's day of a moment of the phone's clock. */
export const dayOf = (ms: number, clock: Clock): string => local(ms, clock).toISOString().slice(0, 10);

/** «18:42» of a moment of the phone's clock, in the campaign's zone. */
export const timeOf = (ms: number, clock: Clock): string => local(ms, clock).toISOString().slice(11, 16);

/** «24.11» likewise. */
export const dateOf = (ms: number, clock: Clock): string => {
  const [, month, day] = dayOf(ms, clock).split("-");
  return `${day}.${month}`;
};

/** The phone's moment at which it is `hour` o'clock in the campaign's zone, `days` from today. */
export function hourOf(days: number, hour: number, clock: Clock): number {
  const midnight = Date.parse(`${dayOf(clock.now(), clock)}T00:00:00.000Z`);
  return midnight + (days * 24 + hour) * 3_600_000 - clock.offset * 60_000 - clock.error;
}

/** Days from today to Saturday; a Saturday's is the next one. */
export const daysToSaturday = (clock: Clock): number =>
  ((5 - local(clock.now(), clock).getUTCDay() + 7) % 7) + 1;
