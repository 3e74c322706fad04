"""Compiles the message catalogues before a wheel or an sdist is made."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogues(BuildHookInterface[Any]):
    """Each .po gets its .mo beside it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sources = sorted(Path(self.root).glob("translations/*/LC_MESSAGES/*.po"))
        if not sources:
            raise RuntimeError("There are no catalogues under translations/: the wheel would know no Thai.")
        for source in sources:
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.parent.parent.name)
            with source.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalogue)
