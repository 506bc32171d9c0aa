// What is still only on this phone, why, and what to do; and what headquarters put on review.
import { type App, momentOf, useApp } from "../app";
import { saveQueue } from "../export";
import { OUTCOMES } from "../outcomes";
import { Head, Icon, Notice, Strip } from "../parts";
import type { QueueRow, Reviewed } from "../types";
import { lowered } from "../words";
import { reasonOf } from "./sheets";

export function QueueScreen() {
  const app = useApp();
  const rows = [...app.phone.rowsById.values()].sort((a, b) => b.order - a.order);
  return (
    <>
      <Head title={app.say("queue")} sub={app.say("queue_sub")} />
      <Strip />
      <div class="pages">
        <Why />
        {rows.length === 0 ? <AllSent /> : <h2>{app.say("not_sent", { n: rows.length })}</h2>}
        <ul class="waiting">
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
        <Reviews />
      </div>
      <div class="dock big">
        <div class="pair">
          <button
            type="button"
            class="btn main"
            disabled={app.phone.line.sending}
            onClick={() => app.phone.connection.sync()}
          >
            <Icon name="send" />
            {app.say(app.phone.line.sending ? "sending" : "send_now")}
          </button>
          {rows.length > 0 && (
            <button type="button" class="btn" onClick={() => saveQueue(app)}>
              <Icon name="download" />
              {app.say("to_file")}
            </button>
          )}
        </div>
      </div>
    </>
  );
}

/** The cause of the last failure, in words, with what to do. */
function Why() {
  const app = useApp();
  const { cause, code, online } = app.phone.line;
  const why = online ? cause : "offline";
  if (!why) return null;
  return (
    <Notice
      icon={online ? "circle-alert" : "wifi-off"}
      title={app.say(why === "offline" ? "no_signal" : `short_${why}`)}
    >
      {app.say(`why_${why}`, { code })}
    </Notice>
  );
}

function AllSent() {
  const app = useApp();
  const { heard_at } = app.phone.line;
  const when =
    heard_at === null ? "" : app.say("heard_at", { time: momentOf(app, heard_at + app.phone.clockError) });
  return (
    <div class="empty">
      <h2>{app.say("all_sent")}</h2>
      <p>{`${app.say("all_sent_text")} ${when}`}</p>
    </div>
  );
}

function Row({ row }: { row: QueueRow }) {
  const app = useApp();
  return (
    <li>
      <Icon name="clock" />
      <span>
        <b>{nameOf(app, row)}</b>
        <small>{whatOf(app, row)}</small>
      </span>
      <time>{momentOf(app, Date.parse(row.added_at) + app.phone.clockError)}</time>
    </li>
  );
}

function nameOf(app: App, { about }: { about: QueueRow["about"] }): string {
  return about.flat
    ? `${about.address}, ${lowered(app.say("flat_short", { flat: about.flat }))}`
    : about.address;
}

const CODES = OUTCOMES.map((outcome) => outcome.code);

function whatOf(app: App, { items }: QueueRow): string {
  for (const item of items) {
    if (item.kind === "block") return app.say("block_described");
    if (item.kind === "flat-report") return app.say(`problem_${item.problem}`);
    const code = item.kind === "opinion" ? CODES.find((each) => each === item.outcome) : undefined;
    if (code) return app.say(`outcome_${code}`);
  }
  const visit = items.find((item) => item.kind === "visit");
  return visit?.kind === "visit" ? app.say(`state_${visit.state}`) : app.say("remainder");
}

function Reviews() {
  const app = useApp();
  const { reviews } = app.phone;
  if (reviews.length === 0) return null;
  return (
    <section>
      <h2>{app.say("on_review", { n: reviews.length })}</h2>
      <p>{app.say("on_review_text")}</p>
      <ul class="waiting">
        {reviews.map((reviewed) => (
          <ReviewedRow key={reviewed.id} reviewed={reviewed} />
        ))}
      </ul>
    </section>
  );
}

function ReviewedRow({ reviewed }: { reviewed: Reviewed }) {
  const app = useApp();
  return (
    <li>
      <Icon name="check" />
      <span>
        <b>{nameOf(app, reviewed)}</b>
        <small>{app.say(`reason_${reasonOf(reviewed.reason)}`)}</small>
      </span>
      <time>{momentOf(app, Date.parse(reviewed.at) + app.phone.clockError)}</time>
    </li>
  );
}
