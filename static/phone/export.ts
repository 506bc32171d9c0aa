// The queue as a file, by hand: the last way out of a phone that can't reach headquarters.
import type { App } from "./app";
import { iso } from "./clock";
import { PROTOCOL } from "./connection";

function queueFile(app: App): File {
  const { clock, rowsById } = app.phone;
  const items = [...rowsById.values()].flatMap((row) => row.items);
  const text = JSON.stringify({ v: PROTOCOL, now: iso(clock.now()), items }, null, 1);
  const name = `dauys-${iso(clock.now()).slice(0, 16).replace(":", "-")}.json`;
  return new File([text], name, { type: "application/json" });
}

export function saveQueue(app: App): void {
  const file = queueFile(app);
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
