"""Forms of partners that were refused."""

import pytest

from tests.pages import PageClient, form_values

pytestmark = pytest.mark.usefixtures("sample")


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_what_is_wrong_is_named_in_the_order_of_the_page(client: PageClient, kind: str) -> None:
    coordinator = client.sign_in_as("coordinator")
    typed = {
        "full_name" if kind == "person" else "name": "",
        "short_name": "ก" * 61,
        "post": "ก" * 201,
        "phones": "12345",
        "regions": None,
        "former_names-0-full_name": "ก" * 301,
        "note": "ก" * 2001,
    }
    page = coordinator.get(f"/partners/new/{kind}")
    offered = form_values([node for node in page.root.iter("form") if node.get("method") == "post"][-1])
    page = coordinator.submit(page, {name: typed[name] for name in typed if name in offered}, form=-1, status=422)
    named = [link.get("href", "")[1:] for link in page.find_all("error-summary")[0].iter("a")]
    shown = [node.get("id") for node in page.root.iter() if node.get("id") in named]
    assert (len(named) >= 5, named) == (True, shown)
