"""The words of the finance table in each language. A document's language is not its reader's, so not the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from forumplanner.core.i18n import Lang
from forumplanner.core.thai import buddhist_year, format_amount, format_long, format_month
from forumplanner.register.rules import Figure, KindFigures, Measure, Standing, Total


@dataclass(frozen=True, slots=True)
class Words:
    """One language's heads and sentences; `{}` places are filled below."""

    caption: str
    kind: str
    measures: dict[Measure, str]
    amounts: dict[Measure, str]
    as_of: str
    no_data: str
    undated: str
    total: str
    with_targets: str
    without_targets: str
    brackets: str
    targets_in: str
    targets_out: str
    one_kind: str
    left_out: str
    moments: str
    moments_undated: str
    source: str
    source_unknown: str


WORDS: dict[Lang, Words] = {
    "th": Words(
        caption="องค์กรการเงินชุมชนแยกตามประเภท",
        kind="ประเภท",
        measures={Measure.GROUPS: "กลุ่ม", Measure.MEMBERS: "สมาชิก (คน)", Measure.FUND: "เงินกองทุน (ล้านบาท)"},
        amounts={Measure.GROUPS: "{} กลุ่ม", Measure.MEMBERS: "{} คน", Measure.FUND: "{} ล้านบาท"},
        as_of="ข้อมูล ณ",
        no_data="ไม่มีข้อมูล",
        undated="ไม่ระบุเวลา",
        total="รวม",
        with_targets="รวมทั้งเป้าหมาย",
        without_targets="รวมเฉพาะที่นับได้",
        brackets="ตัวเลขในวงเล็บเป็นเป้าหมาย ไม่ใช่จำนวนที่นับได้",
        targets_in="ผลรวมนี้รวมเป้าหมายของ{targets} ไว้ด้วย",
        targets_out="ผลรวมนี้ไม่รวมเป้าหมายของ{targets}",
        one_kind="เป็นของ{kind} ประเภทเดียว อีก {count} ประเภทไม่มีข้อมูล",
        left_out="ไม่รวม {count} ประเภทที่ไม่มีข้อมูล คือ {kinds}",
        moments="ตัวเลขเก็บต่างเวลากัน ({moments}) ผลรวมจึงไม่ใช่ยอดของเวลาใดเวลาหนึ่ง",
        moments_undated="ตัวเลขเก็บต่างเวลากัน ({moments} และไม่ระบุเวลา {count} ประเภท) ผลรวมจึงไม่ใช่ยอดของเวลาใดเวลาหนึ่ง",
        source="ที่มา: {sources}",
        source_unknown="ทะเบียนข้อมูลไม่ได้ระบุเอกสารที่มาของตัวเลขเหล่านี้",
    ),
    "en": Words(
        caption="Community finance organisations by kind",
        kind="Kind",
        measures={Measure.GROUPS: "Groups", Measure.MEMBERS: "Members", Measure.FUND: "Fund (million baht)"},
        amounts={Measure.GROUPS: "{} groups", Measure.MEMBERS: "{} members", Measure.FUND: "{} million baht"},
        as_of="As of",
        no_data="no data",
        undated="not dated",
        total="Total",
        with_targets="Total with targets",
        without_targets="Total of what was counted",
        brackets="Figures in brackets are targets, not counts.",
        targets_in="This total includes the target of {targets}.",
        targets_out="This total leaves out the target of {targets}.",
        one_kind="Of {kind} alone; there is no data for the other kinds ({count}).",
        left_out="Leaves out the kinds without data ({count}): {kinds}.",
        moments="Observed at different times ({moments}), so the total is of no single moment.",
        moments_undated=(
            "Observed at different times ({moments}; kinds not dated: {count}), so the total is of no single moment."
        ),
        source="Source: {sources}",
        source_unknown="The register names no source document for these figures.",
    ),
}


def written_value(measure: Measure, value: Decimal) -> str:
    """75,525 groups or members, 83,077.50 million baht."""
    return format_amount(value, 2 if measure == Measure.FUND else 0)


def written_figure(measure: Measure, figure: Figure) -> str | None:
    """A figure for its cell, a target in brackets; None where there is no data, which is not zero."""
    if figure.value is None:
        return None
    written = written_value(measure, figure.value)
    return f"({written})" if figure.standing == Standing.TARGET else written


def written_moment(as_of: str, lang: Lang) -> str:
    """When something was observed: "1999" is 2542, "2004-04" is เมษายน 2547."""
    year, *rest = (int(part) for part in as_of.split("-"))
    if not rest:
        return str(buddhist_year(year) if lang == "th" else year)
    return format_month(date(year, rest[0], 1), lang) if len(rest) == 1 else format_long(date(year, *rest), lang)


def what_it_leaves_out(total: Total, lang: Lang) -> list[str]:
    """The sentences a total cannot stand without: moments that differ, and kinds without data."""
    words = WORDS[lang]
    said = []
    if not total.is_of_one_moment:
        moments = ", ".join(written_moment(as_of, lang) for as_of in total.as_of)
        pattern = words.moments_undated if total.undated else words.moments
        said.append(pattern.format(moments=moments, count=len(total.undated)))
    if len(total.summed) == 1 and total.without_data:
        said.append(words.one_kind.format(kind=total.summed[0], count=len(total.without_data)))
    elif total.without_data:
        said.append(words.left_out.format(count=len(total.without_data), kinds=", ".join(total.without_data)))
    return said


def about_targets(kinds: Sequence[KindFigures], lang: Lang, *, with_targets: bool) -> str:
    """The sentence about targets that a row of totals includes or leaves out; empty where there are none."""
    words = WORDS[lang]
    targets = []
    for kind in kinds:
        found = [
            words.amounts[measure].format(written_value(measure, kind.figure(measure).value))  # type: ignore[arg-type]
            for measure in Measure
            if kind.figure(measure).standing == Standing.TARGET
        ]
        if found:
            targets.append(f"{kind.name} {', '.join(found)}")
    if not targets:
        return ""
    return (words.targets_in if with_targets else words.targets_out).format(targets="; ".join(targets))
