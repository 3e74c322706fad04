"""What a partner has several of, as values: seats, former names, named notes, networks."""

from dataclasses import dataclass
from datetime import date

from forumplanner.core import thai
from forumplanner.core.i18n import Lang


def show_span(first: date | None, last: date | None, lang: Lang) -> str:
    """From when until when, in years where no day is known; "" where nothing is."""
    since = thai.format_day_or_year(first, lang, last=False) if first else ""
    until = thai.format_day_or_year(last, lang, last=True) if last else ""
    if " " in since or " " in until or not (since or until):  # a day is known
        return thai.format_span(first, last, lang)
    if since and until:
        return since if since == until else f"{since}-{until}"
    words = {"th": ("ตั้งแต่", "ถึง"), "en": ("from", "until")}[lang]
    return f"{words[0]} {since}" if since else f"{words[1]} {until}"


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name an organisation had, and when."""

    full_name: str
    short_name: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def shown(self, lang: Lang) -> str:
        """The name, and when it was borne where that is known."""
        name = f"{self.full_name} ({self.short_name})" if self.short_name else self.full_name
        return f"{name} {show_span(self.valid_from, self.valid_until, lang)}".strip()

    def __str__(self) -> str:
        # History is kept in Thai.
        return self.shown("th")


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A post that is invited; `id` None for one that is not kept yet. Retired ones stay for what refers to them."""

    post_th: str
    post_en: str | None = None
    is_retired: bool = False
    id: int | None = None

    def shown(self, lang: Lang) -> str:
        """The post in a language, and that it is retired."""
        post = (self.post_en if lang == "en" else None) or self.post_th
        return f"{post} ({RETIRED[lang]})" if self.is_retired else post

    def __str__(self) -> str:
        # History is kept in Thai.
        post = f"{self.post_th} ({self.post_en})" if self.post_en else self.post_th
        return f"{post} ({RETIRED['th']})" if self.is_retired else post


RETIRED: dict[Lang, str] = {"th": "เลิกใช้แล้ว", "en": "no longer used"}


@dataclass(frozen=True, slots=True)
class NamedNote:
    """A note under a name of its own; the name appears once among a partner's notes."""

    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


@dataclass(frozen=True, slots=True)
class MembershipFact:
    """That an organisation belongs to a network (its number), and when; `name` is the network's name now."""

    network_id: int
    name: str
    member_from: date | None = None
    member_until: date | None = None

    def shown(self, lang: Lang) -> str:
        """The network, and when where that is known."""
        return f"{self.name} {self.when(lang)}".strip()

    def when(self, lang: Lang) -> str:
        """From when until when it is a member; "" where nobody wrote it."""
        return show_span(self.member_from, self.member_until, lang)

    def __str__(self) -> str:
        # History is kept in Thai.
        return self.shown("th")
