"""Run the groups, print a line for each figure, and keep them in bench/latest.json."""

import json
import pkgutil
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import bench
from bench.figures import Figure

LATEST = Path(__file__).parent / "latest.json"


def groups() -> dict[str, ModuleType]:
    """Every group by its name."""
    names = sorted(found.name for found in pkgutil.iter_modules(bench.__path__) if not found.name.startswith("_"))
    modules = {name: import_module(f"bench.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "measure")}


def main(arguments: list[str]) -> int:
    """Measure all groups, or the one named; 2 where there is none of that name."""
    found = groups()
    wanted = arguments or list(found)
    unknown = [name for name in wanted if name not in found]
    if unknown:
        print(f"There is no group {unknown[0]}. There are: {', '.join(found)}.", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in wanted:
        for figure in found[name].measure():
            print(figure.line(), flush=True)
            figures.append(figure)
    LATEST.write_text(json.dumps([figure.as_json() for figure in figures], indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
