// The ids that a phone makes. A visit's tells its time, an opinion's must not.
import { v5 } from "uuid";
import { uuidv4, uuidv7 } from "uuidv7";

export const timedId = (): string => uuidv7();
export const randomId = (): string => uuidv4();

// The same ids as campaign/territory/blocks.py computes: a phone without a signal and the server agree.
export const entranceId = (building: string, number: number): string => v5(String(number), building);
export const dwellingId = (building: string, entrance: number, flat: string): string =>
  v5(`${entrance}/${flat}`, building);
