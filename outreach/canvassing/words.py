"""The words of the phone page. The shell carries them in all languages, so that none needs a signal.

`{name}` is filled by the phone; `n` chooses a plural form. static/phone/keys.ts has the same names, a test compares.
"""

from typing import Any

from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_noop as _

from outreach.canvassing.outcomes import OUTCOMES, State, Support
from volunteers.accounts.models import ReviewReason

LANGUAGES = ("ru", "kk", "en")

WORDS = {
    # the signal strip
    "no_signal": _("No signal"),
    "signal": _("In touch"),
    "sending": _("Sending…"),
    "all_sent": _("All sent"),
    "not_sent": _("{n} not sent"),
    "not_sent_since": _("{n} not sent since {day}"),
    "short_offline": _("No signal"),
    "short_no_answer": _("No answer"),
    "short_foreign": _("Strange network"),
    "short_unknown_phone": _("Phone not recognised"),
    "short_too_large": _("Sending in parts"),
    "short_server": _("Trouble at headquarters"),
    "short_busy": _("Headquarters is busy"),
    "short_not_understood": _("New version needed"),
    "short_not_kept": _("Answer not kept"),
    "revoked_short": _("Phone disconnected"),
    # why it was not sent, and what to do
    "why_offline": _("The records wait on the phone and leave by themselves when there is a signal."),
    "why_no_answer": _("Headquarters did not answer. The records stay on the phone; it tries again within a minute."),
    "why_foreign": _(
        "The network answered instead of headquarters: often this is the sign-in page of a Wi-Fi. Sign "
        "in there or switch to mobile data. The records stay on the phone."
    ),
    "why_unknown_phone": _(
        "Headquarters does not know this phone. Ask the coordinator for a new link: the records stay "
        "here and leave after it."
    ),
    "why_too_large": _("The parcel was too large for the server. The phone sends in smaller parts by itself."),
    "why_server": _(
        "Something broke at headquarters (error {code}). The records stay on the phone; if this lasts, "
        "tell the coordinator."
    ),
    "why_busy": _("Headquarters is busy ({code}). The records stay on the phone; it tries again within a minute."),
    "why_not_understood": _(
        "Headquarters did not understand the phone. Close this page and open it again with a signal to "
        "get the new version. The records stay on the phone."
    ),
    "why_not_kept": _(
        "The browser refused to keep what headquarters answered. Close the page and open it again; if this "
        "repeats, free some memory on the phone. The records stay on the phone."
    ),
    # heads and common buttons
    "back": _("Back"),
    "close": _("Close"),
    "cancel": _("Cancel"),
    "undo": _("Undo"),
    "save": _("Save"),
    "ready": _("Ready"),
    "understood": _("Understood"),
    "more_acts": _("More"),
    "to_home": _("To my turf"),
    "next": _("Next: {name}"),
    "settings": _("Settings"),
    "may_skip": _("may be skipped"),
    # alarms
    "alarm_full": _(
        "Not saved: the phone's memory is full. Delete photos or videos that you don't need, and tap "
        "again. What was recorded before is whole."
    ),
    "alarm_failed": _(
        "Not saved: the browser refused to write. Tap again; if this repeats, close the page and open it "
        "again. What was recorded before is whole."
    ),
    "alarm_late": _("Too late to undo: it may have been sent. Open the flat and choose “Correct the record”."),
    # home
    "my_turf": _("My turf"),
    "left": _("Left: {n}."),
    "turf_n": _("Turf {n}"),
    "precinct_n": _("Precinct {n}"),
    "until": _("until {day}, {time}"),
    "time_is_over": _("the time of this turf is over"),
    "done_of": _("{n} of {all} done"),
    "again_n": _("{n} to try again"),
    "not_described": _("not described yet: four numbers at the door"),
    "no_turf_title": _("No turf yet"),
    "no_turf_text": _("The coordinator gives you one; it comes here by itself. Until then you can practise."),
    "loading_title": _("Asking headquarters"),
    "loading_text": _("The first time a signal is needed; afterwards the page works without it."),
    "ask_again": _("Ask again"),
    "practice": _("Practice entrance"),
    "practice_row": _("one minute, nothing is sent"),
    "practice_sub": _("nothing here is sent"),
    # the house
    "entrances": _("entrance"),
    "of": _("{n} of {all}"),
    "floor": _("floor"),
    "floor_pick": _("choose the flats not visited"),
    "flat": _("Flat {flat}"),
    "flat_short": _("flat {flat}"),
    "house": _("House"),
    "entrance_n": _("entrance {n}"),
    "entrance_floor": _("entrance {entrance}, floor {floor}"),
    "not_visited": _("not visited yet"),
    "place_phone": _("on the phone"),
    "place_headquarters": _("at headquarters"),
    "place_review": _("at headquarters, on review"),
    "asked_for": _("asked to come {when}"),
    "picked_floor": _("Floor {floor}, no answer: {flats}"),
    "picked_flats": _("No answer: {flats}"),
    "pick_flats": _("Tap the flats"),
    "pick_many": _("Choose several"),
    "what_to_say": _("What to say"),
    "entrance_walked": _("Entrance {n} is walked."),
    "building_walked": _("The house is walked."),
    "all_lit": _("All windows are lit"),
    "come_back_to": _("Come back to: {flats}"),
    "gone_title": _("Not in your turf"),
    "gone_text": _("This house is not in your turf any more. What you recorded is safe and will be sent."),
    # outcomes
    "more_outcomes": _("More: moved away, not a dwelling…"),
    "more_outcomes_sub": _("What happens more rarely"),
    "mode_new": _("Another visit"),
    "mode_correct": _("Correct the record"),
    "flat_outcome": _("{flat}: {outcome}"),
    "flat_corrected": _("{flat}, corrected: {outcome}"),
    "when_again": _("When to come"),
    "today_evening": _("This evening"),
    "tomorrow_noon": _("Tomorrow in the daytime"),
    "tomorrow_evening": _("Tomorrow in the evening"),
    "saturday_noon": _("On Saturday"),
    "when_unknown": _("They did not say when"),
    # talk
    "how_many_voters": _("How many did you talk with"),
    "what_voter_thinks": _("How do they stand to us"),
    "voter_n": _("Voter {n}"),
    "saves_at_once": _("a tap saves"),
    "topics": _("What you talked about"),
    "topics_short": _("Topics"),
    # describing a block
    "describe_sub": _("describe the block"),
    "describe_text": _("Count at the door: from these numbers the phone makes the flats."),
    "measure_entrances": _("Number of entrances"),
    "measure_floors": _("Number of floors"),
    "measure_flats_per_landing": _("Flats on a landing"),
    "measure_first_flat": _("Number of the first flat"),
    "measure_skip": _("Numbers that are missing, for example 13, 26"),
    "from_to": _("Write a number from {low} to {high}."),
    "describe_many": _("That makes more than 2,000 flats: check entrances and floors."),
    "describe_strange": _("Flat {flat} is not among these flats: check its number."),
    "describe_wait": _("Write all four numbers."),
    "describe_save": _("Make the flats"),
    "block_kept": _("{address}: described"),
    "block_described": _("the block is described"),
    # reports on flats
    "report_missing": _("A flat is not in the list"),
    "report_text": _("Headquarters looks at it and adds the flat."),
    "report_floor": _("Floor"),
    "report_flat": _("Number of the flat"),
    "report_send": _("Tell headquarters"),
    "report_no_flat": _("Tell headquarters: there is no such flat"),
    "report_kept": _("Flat {flat}: headquarters will look"),
    "write_number": _("Write the number as it stands on the door."),
    "problem_missing": _("not in the list"),
    "problem_not_dwelling": _("there is no such flat"),
    # queue
    "queue": _("Not sent"),
    "queue_sub": _("what is only on this phone"),
    "all_sent_text": _("Headquarters has everything that you recorded."),
    "heard_at": _("Last answer: {time}."),
    "send_now": _("Send now"),
    "to_file": _("To a file"),
    "remainder": _("an assessment"),
    "on_review": _("On review: {n}"),
    "on_review_text": _(
        "These have been received; the coordinator decides about them. Nothing more is needed from you."
    ),
    "reason_other": _("on review"),
    # script
    "theses": _("What we stand for"),
    "no_script": _("The coordinator has not written a script for this round."),
    # settings
    "language": _("Language"),
    "language_ru": _("Русский"),
    "language_kk": _("Қазақша"),
    "language_en": _("English"),
    "theme": _("Appearance"),
    "theme_system": _("As on the phone"),
    "theme_light": _("Light ground"),
    "theme_dark": _("Dark ground"),
    "memory_kept": _("The memory will stay"),
    "memory_kept_text": _("The browser promised not to clear what is on this phone."),
    "memory_refused": _("The memory may be cleared"),
    "memory_refused_text": _(
        "The browser did not promise to keep what is on this phone. Send every day, and put the page on "
        "the home screen."
    ),
    "install_title": _("Put the page on the home screen"),
    "install_text": _("In the browser's menu: “Add to home screen”. It opens at once, and its memory lasts."),
    "leave": _("Disconnect this phone"),
    "leave_sure": _("Everything on this phone will be erased. Headquarters keeps what was sent."),
    "leave_do": _("Erase and disconnect"),
    "version": _("Version {n}"),
    # notices
    "revoked_title": _("Headquarters disconnected this phone"),
    "revoked_text": _(
        "What you recorded is still sent, and the coordinator looks at it. To go on working, ask for a new link."
    ),
    "insecure_title": _("Without HTTPS it does not work without a signal"),
    "insecure_text": _("With a signal everything works. Ask headquarters for an address that begins with https://."),
    "window_early": _("Campaigning begins on {day} at {time}"),
    "window_over": _("Campaigning ended on {day} at {time}"),
    "window_refuses": _("Now the law forbids going from door to door. Records of now go to review."),
    "window_warns": _("Check with the coordinator before you go from door to door."),
    "clock_title": _("The phone's clock is {n} min off"),
    "clock_text": _("Headquarters corrects the times. Switch on automatic date and time in the phone's settings."),
    # a phone that headquarters doesn't know
    "unlinked_title": _("This phone is not connected"),
    "unlinked_text": _("Ask the coordinator for a link or a code, and open it on this phone."),
    "unlinked_before": _(
        "If you have worked here before, the browser has cleared the page's data: what had not been sent "
        "is lost. Tell the coordinator."
    ),
    "cleared_title": _("The browser cleared this phone's data"),
    "cleared_text": _(
        "What had been sent is at headquarters; what had not been sent is lost. Tell the coordinator and "
        "ask for a new link."
    ),
    "link_field": _("Or paste the link here"),
    "link_go": _("Open the link"),
    # practice
    "step_of": _("Step {n} of {all}"),
    "lesson_door": _("Tap a flat, then “Nobody opened”. Two taps a door."),
    "lesson_talk": _("Tap another flat, “Talked”, then how the voter stands to us."),
    "lesson_floor": _("Tap the floor's number on the left, then “Nobody opened”: the whole floor at once."),
    "lesson_undo": _("Wrong tap? Record any flat and press “Undo” within ten seconds."),
    "leave_practice": _("Leave"),
    "practice_done": _("That is all"),
    "practice_done_text": _("You can walk. The clock on a flat: on the phone only. It goes when headquarters has it."),
}


def _plurals(n: int) -> dict[str, str]:
    """Each word that counts something, for `n` of it."""
    return {
        "today_done": ngettext("Today: {n} flat.", "Today: {n} flats.", n),
        "block_walked": ngettext("{n} flat walked", "{n} flats walked", n),
        "flat_talked": ngettext("{flat}: talked with {n} voter", "{flat}: talked with {n} voters", n),
        "flats_outcome": ngettext("{n} flat: {outcome}", "{n} flats: {outcome}", n),
        "no_access_n": ngettext("Could not get in: {n} flat", "Could not get in: {n} flats", n),
        "describe_preview": ngettext(
            "{n} entrance of {each} flats: {first}–{last}",
            "{n} entrances of {each} flats: {first}–{last}",
            n,
        ),
        "leave_refused": ngettext(
            "The phone can be disconnected when everything is sent: {n} record waits.",
            "The phone can be disconnected when everything is sent: {n} records wait.",
            n,
        ),
    }


# One number for each plural form that our languages have.
FORMS = {"one": 1, "few": 2, "many": 5}


def _chosen() -> dict[str, str]:
    """What the canvasser taps and sees on a flat: the words of outcomes.py."""
    return {
        **{f"outcome_{outcome.code}": str(outcome.label) for outcome in OUTCOMES},
        **{f"state_{state.value}": str(state.label) for state in State},
        **{f"support_{support.value}": str(support.label) for support in Support},
        **{f"reason_{reason.value}": str(reason.label) for reason in ReviewReason},
    }


def catalogue() -> dict[str, Any]:
    """Every word in the active language: a text, or its plural forms by name."""
    forms = {form: _plurals(n) for form, n in FORMS.items()}
    counted = {key: {form: forms[form][key] for form in FORMS} for key in forms["one"]}
    return {**{key: gettext(text) for key, text in WORDS.items()}, **_chosen(), **counted}


def catalogues() -> dict[str, dict[str, Any]]:
    spoken = {}
    for language in LANGUAGES:
        with override(language):
            spoken[language] = catalogue()
    return spoken
