"""What two people might type into any form: two different values for each of its fields, chosen by the field's kind
and name."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from tests.pages import form_values, text_of

TEXTS = ("ข้อความหนึ่ง", "ข้อความสอง")
LONG = ("บรรทัดแรก\r\n\r\n  บรรทัดที่สอง", "อีกบรรทัด\r\nและอีกบรรทัด")
# By what a field is called, with the endpoint before it where only that form reads it so; rows by their field's name,
# with the list's before it where only that list reads it so.
BY_NAME: dict[str, tuple[str, str]] = {
    "email": ("one@example.org", "two@example.org"),
    "contact_email": ("one@example.org", "two@example.org"),
    "phones": ("081-234-5678", "089-876-5432"),
    "contact_phone": ("081-234-5678", "089-876-5432"),
    "delegate_phone": ("081-234-5678", "089-876-5432"),
    "starts_at": ("10.00", "10.30"),
    "ends_at": ("11.00", "11.30"),
    "began_at": ("09.10", "09.25"),
    "ended_at": ("15.10", "15.25"),
    "hours": ("09.00-16.00", "10.00-15.30"),
    "pasted": ("ชื่อ-สกุล\tโทร\r\nนายพิม ทดลอง\t081-000-0881", "ชื่อ-สกุล\tโทร\r\nนางพัน ทดลอง\t081-000-0882"),
    "map_url": ("https://maps.example.org/1", "https://maps.example.org/2"),
    "window": ("5 ม.ค. - 30 เม.ย. 2551", "6 ม.ค. - 30 เม.ย. 2551"),
    "outcomes_due_on": ("1 พ.ค. 2551", "2 พ.ค. 2551"),
    "due_on": ("1 พ.ค. 2550", "2 พ.ค. 2550"),
    "valid_from": ("2540", "2541"),
    "valid_until": ("2545", "2546"),
    "member_from": ("2540", "2541"),
    "member_until": ("2545", "2546"),
    # Networks are organisations that are there.
    "networks name": ("การศึกษานอกโรงเรียน", "ชุมนุมสหกรณ์เครดิตยูเนี่ยนแห่งประเทศไทย จำกัด"),
    "desks.dates days": ("12-13 ก.พ. 2551", "14-15 ก.พ. 2551"),
    "desks.new_meeting days": ("15-16 ก.พ. 2551", "18-19 ก.พ. 2551"),
    "desks.all_dates days": ("17-18 ม.ค. 2551", "24-25 ม.ค. 2551"),
    "desks.all_dates days_national": ("27-28 มี.ค. 2551", "29-30 มี.ค. 2551"),
    "rounds.holidays on": ("10 พ.ค. 2550", "11 พ.ค. 2550"),
    "rounds.new_round code": ("2551-3", "2551-4"),
    "rounds.new_round questions_en": ("", ""),
    "retention.periods partners": ("4", "6"),
    "retention.periods after_meeting": ("10", "11"),
    "retention.periods messages": ("8", "9"),
    "retention.periods history": ("4", "6"),
    "retention.periods looks": ("4", "5"),
    "retention.periods accounts": ("3", "4"),
    "retention.keep until": ("10 พ.ค. 2551", "11 พ.ค. 2551"),
    "name_en": ("First name", "Second name"),
    "short_name": ("กท.", "กส."),
    "place": ("ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา", "อ.จะนะ จ.สงขลา"),
}
_HELD = dict.fromkeys(("days_north", "days_bangkok", "days_northeast", "days_south", "days_west", "days_national"))
# What only one form takes, by its endpoint or by that and its page: for the first and for the second person.
OWN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "desks.all_dates /rounds/2550-1/dates": (
        {**_HELD, "days_upper-central": "21-22 มี.ค. 2550"},
        {**_HELD, "days_upper-central": "23-24 มี.ค. 2550"},
    ),
    "invitations.record_answer": (
        {"answer": "delegate", "later": None, "reason": ""},
        {"answer": "delegate", "later": None, "reason": ""},
    ),
    "outcomes.decide_outcomes": ({"act": "return"}, {"act": "accept"}),
    "outcomes.record_item": ({"outcomes-0-kind": "commitment"}, {"outcomes-0-kind": "commitment"}),
    "rounds.taking_part": ({"regions": ["north", "south"]}, {"regions": ["north", "south", "west"]}),
    "rounds.bring_provinces": ({"provinces": ["81"]}, {"provinces": ["81"]}),
    "rounds.province": ({"region": "west"}, {"region": "bangkok"}),
    "reply.answer": ({"answer": "accepted"}, {"answer": "declined"}),
}
ENGLISH = ("First words", "Second words")


def controls_of(form: Element) -> dict[str, list[Element]]:
    """What a person sees and can change, by name; buttons that carry an answer are none."""
    found: dict[str, list[Element]] = {}
    for node in form.iter():
        name, kind = node.get("name"), node.get("type", "")
        if name and node.tag in ("input", "select", "textarea") and kind not in ("hidden", "submit", "button", "file"):
            found.setdefault(name, []).append(node)
    return found


def is_text(node: Element) -> bool:
    """Whether one types into it."""
    return node.tag == "textarea" or (node.tag == "input" and node.get("type") not in ("radio", "checkbox"))


def options_of(nodes: list[Element]) -> dict[str, str]:
    """The choices of a field that offers some: values with their words."""
    if nodes[0].tag == "select":
        return {node.get("value", ""): text_of(node) for node in nodes[0].iter("option")}
    return {node.get("value", "on"): "" for node in nodes if node.get("type") in ("radio", "checkbox")}


def retyped(form: Element, endpoint: str, page: str, turn: int) -> dict[str, Any]:
    """All that the form would send after the first (`turn` 0) or the second person changed every field of it."""
    values, own = form_values(form), (OWN.get(f"{endpoint} {page}") or OWN.get(endpoint) or ({}, {}))[turn]
    for name, nodes in controls_of(form).items():
        if name in own:
            continue
        value = _choice(nodes, values.get(name), turn) if options_of(nodes) else _text(name, nodes[0], endpoint, turn)
        if value is not None:
            values[name] = value
    return values | {name: value for name, value in own.items() if value is not None}


def _choice(nodes: list[Element], now: Any, turn: int) -> Any:
    options = list(options_of(nodes))
    if nodes[0].get("type") != "checkbox":
        others = [option for option in options if option not in (now, "")]
        return others[min(turn, len(others) - 1)] if others else None
    if len(options) == 1:
        return options if (now is None) == (turn == 0) else []
    return [options[turn]]


def _text(name: str, node: Element, endpoint: str, turn: int) -> str:
    row = re.fullmatch(r"(\w+)-\d+(?:-(\w+))?", name)
    bare = (row[2] or row[1]) if row else name
    of_list = f"{row[1]} {row[2]}" if row and row[2] else ""
    for key in (of_list, f"{endpoint} {bare}", bare, f"{endpoint} {bare.partition('_')[0]}"):
        if key in BY_NAME:
            return BY_NAME[key][turn]
    if bare == "en" or bare.endswith("_en"):
        return f"{ENGLISH[turn]} {name}"
    return f"{LONG[turn]} {name}" if node.tag == "textarea" else f"{TEXTS[turn]} {name}"
