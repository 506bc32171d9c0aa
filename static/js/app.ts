// The desk's script: small behaviours, each bound by a data- attribute, each in a file of its own.
import { autoSubmit } from "./auto-submit";
import { type Behaviour, start } from "./behaviour";
import { choices } from "./choices";
import { confirmDialog } from "./confirm-dialog";
import { copyButton } from "./copy-button";
import { errorSummary } from "./error-summary";
import { menu } from "./menu";
import { navigation } from "./navigation";
import { selection } from "./selection";
import { toast } from "./toast";
import { trouble } from "./trouble";

const behaviours: Behaviour[] = [
  autoSubmit,
  choices,
  confirmDialog,
  copyButton,
  errorSummary,
  menu,
  navigation,
  selection,
  toast,
  trouble,
];

start(behaviours);
