"""Whether somebody who is being entered is in the roster already: the same number, or the same name."""

from dataclasses import dataclass, field

from volunteers.roster.models import Person

MOST_SHOWN = 5


@dataclass(frozen=True)
class Likeness:
    """Others with the same number, and others of the same name."""

    by_phone: list[Person] = field(default_factory=list)
    by_name: list[Person] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.by_phone or self.by_name)


def likeness(person: Person) -> Likeness:
    """Who is like this person. What is kept already and has not changed is not asked about again."""
    person.derive()
    before = Person.objects.filter(pk=person.pk).first() or Person()
    others = Person.objects.except_for(person).with_place()
    same_phone = others.filter(phone=person.phone) if person.phone and person.phone != before.phone else others.none()
    same_name = others.filter(folded=person.folded) if person.folded != before.folded else others.none()
    return Likeness(list(same_phone[:MOST_SHOWN]), list(same_name[:MOST_SHOWN]))
