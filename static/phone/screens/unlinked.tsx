// A phone that headquarters doesn't know yet, or whose memory was cleared.
import { useState } from "preact/hooks";
import { useApp } from "../app";
import { Icon, Notice } from "../parts";
import { PRACTICE_BUILDING } from "../practice";
import { house, PRACTICE } from "../route";
import { Notices } from "./notices";

export function UnlinkedScreen() {
  const app = useApp();
  return (
    <>
      <header class="p-head first">
        <div>
          <h1>{app.say("unlinked_title")}</h1>
        </div>
      </header>
      <div class="pages wide-gap">
        {app.cleared && (
          <Notice icon="triangle-alert" title={app.say("cleared_title")}>
            {app.say("cleared_text")}
          </Notice>
        )}
        <Notices />
        <p>{app.say("unlinked_text")}</p>
        {!app.cleared && <p>{app.say("unlinked_before")}</p>}
        <LinkField />
        <InstallHint />
      </div>
      <div class="dock big">
        <button type="button" class="btn" onClick={() => app.nav.go(house(PRACTICE, PRACTICE_BUILDING, 1))}>
          <Icon name="play" />
          {app.say("practice")}
        </button>
      </div>
    </>
  );
}

/** A home-screen app may not share the browser's memory: the link can be pasted inside it. */
function LinkField() {
  const app = useApp();
  const [link, type] = useState("");
  const token = /[A-Za-z0-9_-]{16,}$/.exec(link.trim())?.[0];
  return (
    <div class="field">
      <label for="f-link">{app.say("link_field")}</label>
      <input
        class="in"
        id="f-link"
        autocomplete="off"
        value={link}
        onInput={(event) => type(event.currentTarget.value)}
      />
      <div class="big">
        <button
          type="button"
          class="btn main whole"
          disabled={!token}
          onClick={() => location.assign(`/phone/link/#${token}`)}
        >
          {app.say("link_go")}
        </button>
      </div>
    </div>
  );
}

const standalone = (): boolean => matchMedia("(display-mode: standalone)").matches;

/** From the home screen the page opens without an address bar, and its memory lasts. */
export function InstallHint() {
  const app = useApp();
  if (standalone()) return null;
  return (
    <Notice icon="smartphone" title={app.say("install_title")}>
      {app.say("install_text")}
    </Notice>
  );
}
