"""Style sheets, scripts and fonts: one sheet for every page, kept for good, compressed once."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from forumplanner.web import static_files
from tests.pages import PageClient

ROOT = Path(__file__).parent.parent.parent
STATIC = ROOT / "forumplanner/static"
LINK = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def assets_of(client: PageClient, path: str) -> list[str]:
    return LINK.findall(client.http.get(path).get_data(as_text=True))


def test_each_sheet_is_in_the_pages_sheet_or_linked_by_a_page() -> None:
    linked = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'asset\("css/([\w-]+)\.css"\)', path.read_text(encoding="utf-8"))
    }
    written = {path.stem for path in (STATIC / "css").glob("*.css")}
    assert written == {*static_files.SHEETS, *(linked - {"pages"})}
    assert not set(static_files.SHEETS) & linked


def test_the_pages_sheet_is_all_sheets_in_their_order(app: Flask, client: PageClient) -> None:
    [address] = [found for found in assets_of(client, "/") if "pages.css" in found]
    css = client.http.get(address).get_data(as_text=True)
    places = [css.index((STATIC / f"css/{name}.css").read_text(encoding="utf-8")[:60]) for name in static_files.SHEETS]
    assert places == sorted(places)


def test_a_font_asked_for_beforehand_is_the_one_the_sheet_asks_for(app: Flask, client: PageClient) -> None:
    found = assets_of(client, "/")
    [sheet] = [address for address in found if "pages.css" in address]
    css = client.http.get(sheet).get_data(as_text=True)
    asked = {f"/static/{name}" for name in re.findall(r'url\("\.\./([^"]+)"\)', css)}
    fonts = {address for address in found if ".woff2" in address}
    assert fonts
    assert fonts <= asked
    for address in asked:
        response = client.http.get(address)
        assert (response.status_code, response.mimetype) == (200, "font/woff2"), address
        assert "immutable" in response.headers["Cache-Control"]


def test_every_file_that_a_page_names_is_there(sample: Flask, client: PageClient) -> None:
    for address in {found for page in ("/", "/rounds/2550-1", "/login") for found in assets_of(client, page)}:
        assert client.http.get(address).status_code == 200, address


@pytest.mark.parametrize(("asked", "encoding"), [("gzip, br", "gzip"), ("", None), ("gzip;q=0", None), ("br", None)])
def test_a_text_is_compressed_for_those_who_take_it(
    app: Flask, client: PageClient, asked: str, encoding: str | None
) -> None:
    response = client.http.get("/static/css/print.css", headers={"Accept-Encoding": asked})
    content = response.get_data()
    assert response.headers.get("Content-Encoding") == encoding
    assert (gzip.decompress(content) if encoding else content) == (STATIC / "css/print.css").read_bytes()
    assert "Accept-Encoding" in response.headers["Vary"]
    again = client.http.get(
        "/static/css/print.css", headers={"Accept-Encoding": asked, "If-None-Match": response.headers["ETag"]}
    )
    assert (again.status_code, again.get_data()) == (304, b"")


def test_a_font_is_not_compressed_twice(app: Flask, client: PageClient) -> None:
    path = "/static/fonts/Sarabun-Regular.woff2"
    response = client.http.get(path, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response.headers
    assert response.get_data() == (STATIC / "fonts/Sarabun-Regular.woff2").read_bytes()


@pytest.mark.parametrize(
    "name", ["css/none.css", "css", "", "../config.py", "%2e%2e/config.py", "css/%00.css", "/etc/hostname", "a" * 5000]
)
def test_what_is_no_file_of_the_folder_is_not_found(app: Flask, client: PageClient, name: str) -> None:
    assert client.http.get(f"/static/{name}").status_code in (404, 308)
    assert client.http.get(f"/static/{name}", follow_redirects=True).status_code == 404


def test_a_changed_file_has_another_address(tmp_path: Path) -> None:
    (tmp_path / "icon.svg").write_text("<svg/>")
    before = static_files.read(str(tmp_path), "icon.svg").version
    static_files.read.cache_clear()
    (tmp_path / "icon.svg").write_text("<svg></svg>")
    assert static_files.read(str(tmp_path), "icon.svg").version != before
