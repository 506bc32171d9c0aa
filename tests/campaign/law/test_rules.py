import tomllib
from datetime import date

import pytest
from django.utils.translation import override

from campaign.law import Effect, Reason, RuleSet, Sure, judge
from campaign.law.rules import FOLDER, LANGUAGES, Words
from tests.campaign.law.elections import election, election_after_the_last_check

RULES = RuleSet.load("kz-2023")

# What each rule is worth, written down a second time: a slip in the data would refuse people, or fail to.
SURE_AND_EFFECT = {
    "window": "A refuse", "silence": "B refuse", "forms": "B inform", "who_may_not": "A refuse",
    "office": "A warn", "gifts": "A refuse", "imprint": "B refuse", "placement": "B refuse",
    "meetings": "B refuse", "media": "B refuse", "polls": "B refuse", "proxies": "A refuse",
    "observers": "A inform", "voter_list": "B warn", "fund": "A refuse", "fund_report": "A inform",
    "deposit": "A inform", "count": "A inform", "result": "B inform", "appeals": "A inform",
    "volunteers_consent": "C warn", "persons_picture": "C warn", "one_proxy_inside": "C warn",
    "fund_limits": "C warn", "protocol_lines": "C warn", "station_distance": "C warn", "owners_consent": "C warn",
    "appeal_deadline": "C warn", "free_posts": "C warn", "signatures": "C warn", "debtors": "C warn",
    "data_consent": "B refuse", "data_end": "C warn", "data_breach": "B inform",
}  # fmt: skip


def test_every_rule_is_as_sure_as_it_was_found_and_does_what_it_may():
    assert {rule.id: f"{rule.sure} {rule.effect}" for rule in RULES.rules.values()} == SURE_AND_EFFECT


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=lambda rule: rule.id)
def test_every_rule_speaks_three_languages_and_cites_its_article(rule):
    for words in (rule.title, rule.sentence):
        assert len({words.in_language(language) for language in LANGUAGES}) == 3
        assert len(words.in_language("ru")) <= 220
    assert len({rule.cite(language) for language in LANGUAGES}) == 3


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=lambda rule: rule.id)
def test_what_was_read_or_reported_names_its_source(rule):
    assert (rule.sure is Sure.C) or rule.sources


def test_a_rule_without_verification_warns_and_never_refuses():
    for rule in RULES.rules.values():
        ruling = judge(rule, election(lawyer_checked=True), broken=True)
        assert ruling.refuses is (rule.effect is Effect.REFUSE and rule.sure is not Sure.C)
        assert ruling.warns is (rule.effect is Effect.WARN)


def test_a_rule_that_would_refuse_but_is_not_sure_only_warns():
    c_rule = _as(RULES.rule("window"), sure=Sure.C)
    ruling = judge(c_rule, election(), broken=True)
    assert (ruling.refuses, ruling.warns) == (False, True)


def _as(rule, **changes):
    return type(rule)(**{name: getattr(rule, name) for name in rule.__dataclass_fields__} | changes)


def test_an_unverified_date_turns_every_refusal_into_a_warning():
    ruling = judge(RULES.rule("proxies"), election_after_the_last_check(), broken=True)
    assert (ruling.refuses, ruling.warns, ruling.reason) == (False, True, Reason.BROKEN)


def test_a_kept_rule_is_allowed_without_a_word():
    ruling = judge(RULES.rule("proxies"), election(), broken=False)
    assert (ruling.allowed, ruling.refuses, ruling.warns, ruling.reason) == (True, False, False, Reason.KEPT)


def test_the_parameters_are_those_of_the_law():
    assert RULES.rule("proxies").parameters["most_in_a_precinct"] == 3
    assert RULES.rule("window").parameters["opens_at"] == "18:00"
    assert RULES.rule("fund_report").parameters["days_after_results"] == 5
    assert RULES.rule("deposit").parameters["minimum_wages"] == 5
    assert RULES.rule("appeals").parameters["decided_in_days"] == 5
    assert RULES.rule("gifts").parameters["allowed"] == ["print", "illustrations", "badges", "small flags"]
    assert "charities" in RULES.rule("fund").parameters["forbidden_donors"]


def test_the_windows_seen_ended_the_day_before_their_votes():
    ends = [seen["until"] for seen in RULES.rule("window").parameters["seen"]]
    assert ends == [date(2023, 3, 18), date(2024, 12, 7), date(2025, 10, 25)]


def test_parameters_cannot_be_changed_by_who_reads_them():
    with pytest.raises(TypeError):
        RULES.rule("proxies").parameters["most_in_a_precinct"] = 4
    with pytest.raises(TypeError):
        RULES.rules["proxies"] = None


def test_a_citation_reads_like_one_in_each_language():
    gifts = RULES.rule("gifts")
    assert gifts.cite("ru") == "Конституционный закон «О выборах», ст. 27(9); КоАП, ст. 122(2)"
    assert gifts.cite("kk") == "«Сайлау туралы» конституциялық заң, 27(9)-бап; ӘҚБтК, 122(2)-бап"
    assert gifts.cite("en") == "Constitutional Law “On Elections”, art. 27(9); Administrative Code, art. 122(2)"


def test_practice_is_cited_without_an_article():
    assert RULES.rule("voter_list").cite("ru") == "практика комиссий"


def test_words_follow_the_language_of_the_page_and_fall_back_to_russian():
    title = RULES.rule("silence").title
    with override("kk"):
        assert str(title) == "Тыныштық күні"
    with override("en-gb"):
        assert str(title) == "Silence"
    with override("de"):
        assert str(title) == "День тишины"


def test_a_text_that_lacks_a_language_stops_the_start():
    with pytest.raises(ValueError, match="kk"):
        Words({"ru": "да", "en": "yes"})


def test_a_set_that_is_not_there_is_named():
    with pytest.raises(LookupError, match="kz-1999"):
        RuleSet.load("kz-1999")
    with pytest.raises(LookupError):
        RuleSet.load("../settings")


def test_every_source_of_the_file_is_named_by_its_address():
    data = tomllib.loads((FOLDER / "kz-2023.toml").read_text(encoding="utf-8"))
    assert {source for entry in data["rule"] for source in entry.get("sources", [])} <= set(data["sources"])
    assert RULES.rule("silence").sources == ("el.kz 56257; zakon.kz 6510495",)
