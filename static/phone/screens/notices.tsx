// What everybody has to know: no HTTPS, no campaigning now, disconnected, memory that may be cleared.
import { useApp } from "../app";
import { dateOf, timeOf } from "../clock";
import { Notice } from "../parts";

export function Notices() {
  return (
    <>
      <RevokedNotice />
      <InsecureNotice />
      <WindowNotice />
      <ClockNotice />
    </>
  );
}

function RevokedNotice() {
  const app = useApp();
  if (!app.phone.revoked) return null;
  return (
    <Notice icon="ban" title={app.say("revoked_title")}>
      {app.say("revoked_text")}
    </Notice>
  );
}

function InsecureNotice() {
  const app = useApp();
  if (app.secure) return null;
  return (
    <Notice icon="lock" title={app.say("insecure_title")}>
      {app.say("insecure_text")}
    </Notice>
  );
}

/** Outside the agitation window nobody campaigns; the server judges by the time of the act. */
export function WindowNotice() {
  const app = useApp();
  const { clock, pack } = app.phone;
  const span = pack?.window;
  if (!span) return null;
  const now = clock.now() + clock.error;
  if (now >= Date.parse(span.from) && now < Date.parse(span.until)) return null;
  const early = now < Date.parse(span.from);
  const edge = Date.parse(early ? span.from : span.until) - clock.error;
  const values = { day: dateOf(edge, clock), time: timeOf(edge, clock) };
  return (
    <Notice icon="scale" title={app.say(early ? "window_early" : "window_over", values)}>
      {app.say(span.refuses ? "window_refuses" : "window_warns")}
    </Notice>
  );
}

const FLAGGED_MS = 5 * 60_000;

function ClockNotice() {
  const app = useApp();
  const { error } = app.phone.clock;
  if (Math.abs(error) <= FLAGGED_MS) return null;
  return (
    <Notice icon="clock" title={app.say("clock_title", { n: Math.round(Math.abs(error) / 60_000) })}>
      {app.say("clock_text")}
    </Notice>
  );
}
