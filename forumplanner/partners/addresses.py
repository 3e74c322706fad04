"""What the address of the partners' list asks for: a text and filters, each read into what it means or left out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from flask import request, url_for

from forumplanner.partners import search
from forumplanner.partners.answered import Answered
from forumplanner.partners.models import PartnerKind, Sector
from forumplanner.partners.particulars import Level
from forumplanner.partners.search import PartnerFilter, Without
from forumplanner.places.gazetteer import find_place
from forumplanner.places.models import Region

LAST_PAGE = 10_000
# Beyond the usual three, these stay folded away until one is used.
RARER = ("sector", "province", "level", "of_kind", "network", "without", "answered")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list's address asks for, as its links carry it on; "" where it asks for nothing."""

    q: str = ""
    region: str = ""
    kind: str = ""
    sector: str = ""
    province: str = ""
    level: str = ""
    of_kind: str = ""
    network: str = ""
    without: str = ""
    answered: str = ""
    page: int = 1

    def address(self, endpoint: str = "partners.partners", **changes: object) -> str:
        """The list's address, or that of its file, with some of it changed; what is not asked stays out."""
        values = asdict(self) | changes
        return url_for(endpoint, **{name: value for name, value in values.items() if value not in ("", 1)})

    @property
    def uses_rarer(self) -> bool:
        """Whether a filter is used that is folded away."""
        return any(getattr(self, name) for name in RARER)

    @property
    def is_open(self) -> bool:
        """Whether nothing is asked for, whichever page it is."""
        return replace(self, page=1) == Asked()


def read_asked(regions: Sequence[Region], kinds: Mapping[str, object], networks: Mapping[str, object]) -> Asked:
    """Read the address; what it names wrongly is not asked for. `kinds`, `networks`: what there is, by number."""

    def one_of(name: str, known: object) -> str:
        value = request.args.get(name, "")
        return value if value in known else ""  # type: ignore[operator]  # a set or a mapping

    province = request.args.get("province", "")
    return Asked(
        q=search.clean_text(request.args.get("q", "")),
        region=one_of("region", {region.slug for region in regions}),
        kind=one_of("kind", set(PartnerKind)),
        sector=one_of("sector", set(Sector)),
        province=province if len(province) == 2 and find_place(province) else "",
        level=one_of("level", set(Level)),
        of_kind=one_of("of_kind", kinds),
        network=one_of("network", networks),
        without=one_of("without", set(Without)),
        answered=one_of("answered", set(Answered)),
        page=min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE),
    )


def filter_of(asked: Asked, regions: Sequence[Region]) -> PartnerFilter:
    """What it asks for, but for answers, which invitations know (`partners.answered`)."""
    slugs = {region.slug: region.id for region in regions}
    return PartnerFilter(
        text=asked.q,
        region_id=slugs.get(asked.region),
        sector=Sector(asked.sector) if asked.sector else None,
        kind=PartnerKind(asked.kind) if asked.kind else None,
        place_code=asked.province,
        level=Level(asked.level) if asked.level else None,
        finance_kind_id=int(asked.of_kind) if asked.of_kind else None,
        network_id=int(asked.network) if asked.network else None,
        without=Without(asked.without) if asked.without else None,
    )
