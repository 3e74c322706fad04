"""Keep the message catalogues: collect what the code says, keep what is translated, fill in Thai from a JSON file.

    .venv/bin/python tools/messages.py [MORE.json ...]

Each JSON file maps an English message to Thai. Prints what still lacks Thai.
"""

import json
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "N_": None, "_l": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "_n": (1, 2)}


def collect() -> Catalog:
    """All messages of code and templates."""
    catalogue = Catalog(project="forumplanner", charset="utf-8")
    for folder in ("forumplanner", "templates"):
        found = extract_from_dir(
            ROOT / folder,
            method_map=[("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")],
            options_map={"**.html": {"trimmed": "true", "silent": "false"}, "**.txt": {"silent": "false"}},
            keywords=KEYWORDS,
        )
        for filename, _line, message, comments, context in found:
            # Without line numbers: a catalogue that changes with every edit is read by nobody.
            catalogue.add(message, locations=[(f"{folder}/{filename}", 0)], auto_comments=comments, context=context)
    return catalogue


def update(more: list[Path]) -> list[str]:
    """Write the Thai catalogue; returns the messages that still lack Thai."""
    path = ROOT / "translations/th/LC_MESSAGES/messages.po"
    known: dict[object, object] = {}
    if path.exists():
        with path.open("rb") as file:
            for message in read_po(file, locale="th"):
                if message.id and any(message.string) and not message.fuzzy:
                    known[message.id] = message.string
    for extra in more:
        known.update(json.loads(extra.read_text(encoding="utf-8")))
    catalogue = Catalog(locale="th", project="forumplanner", charset="utf-8", fuzzy=False)
    missing = []
    for message in sorted(collect(), key=lambda found: str(found.id)):
        if not message.id:
            continue
        key = message.id
        # A plural is named by its singular in a JSON file, which goes before what the catalogue holds.
        thai = (known.get(key[0]) if isinstance(key, tuple) else None) or known.get(key)
        if isinstance(key, tuple) and isinstance(thai, str):
            thai = (thai,)
        if not thai:
            missing.append(str(key))
        places = sorted({place for place, _line in message.locations})
        catalogue.add(key, thai or "", locations=[(place, 0) for place in places], context=message.context)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False, omit_header=False, sort_output=True)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    return missing


def main() -> None:
    """Update and report."""
    missing = update([Path(name) for name in sys.argv[1:]])
    for message in missing:
        print("no Thai:", message)
    print(f"{len(missing)} messages without Thai")


if __name__ == "__main__":
    main()
