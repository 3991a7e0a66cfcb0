"""Whom the page's server answers, and what its answers allow a browser to do."""

import re

import pytest
from yarl import URL

from bot.sandbox.page.statics import ROOT
from tests.sandbox.page.conftest import Tab

PATHS = ["/", "/page/static/index.html", "/page/world", "/page/developer"]


@pytest.mark.parametrize("path", [*PATHS, "/api/v10/gateway", "/gateway", "/attachments/1/1/fox.png"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1"])
async def test_another_host_is_refused_everywhere(tab: Tab, path: str, host: str) -> None:
    port = URL(tab.discord.world.origin).port
    async with tab.http.get(path, headers={"Host": host.format(port=port)}) as response:
        assert response.status == 403


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "origin", ["null", "http://evil.example", "https://127.0.0.1:{port}", "http://127.0.0.1:1"]
)
async def test_another_origin_is_refused_by_the_page(tab: Tab, path: str, origin: str) -> None:
    port = URL(tab.discord.world.origin).port
    async with tab.http.get(path, headers={"Origin": origin.format(port=port)}) as response:
        assert response.status == 403
        assert (await response.json())["error"]


async def test_an_action_for_another_origin_does_nothing(tab: Tab) -> None:
    world = await tab.get("world")
    body = {
        "as": world["me"]["id"],
        "channel": world["servers"][0]["channels"][0]["id"],
        "do": "say",
        "text": "hi",
    }

    async with tab.http.post("/page/act", json=body, headers={"Origin": "http://evil.example"}) as response:
        assert response.status == 403
    assert tab.discord.world.messages == {}


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
async def test_the_page_is_at_home_under_both_names_of_this_machine(tab: Tab, name: str) -> None:
    own = f"{name}:{URL(tab.discord.world.origin).port}"
    headers = {"Host": own, "Origin": f"http://{own}"}
    async with tab.http.get("/page/world", headers=headers) as response:
        assert response.status == 200


@pytest.mark.parametrize("path", [*PATHS, "/page/static/nothing.js"])
async def test_every_answer_keeps_the_browser_on_this_machine(tab: Tab, path: str) -> None:
    async with tab.http.get(path) as response:
        policy = response.headers["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"


async def test_the_event_stream_has_the_same_headers(tab: Tab) -> None:
    async with tab.http.get("/page/events") as response:
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    "path", ["../page.py", "..%2fpage.py", "%2e%2e/page.py", "/etc/hostname", "nothing.css", "."]
)
async def test_only_the_pages_own_files_are_served(tab: Tab, path: str) -> None:
    async with tab.http.get(URL(f"/page/static/{path}", encoded=True)) as response:
        assert response.status in {403, 404}


async def test_the_page_and_its_modules_have_their_types(tab: Tab) -> None:
    for path, kind in {"/": "text/html", "/page/static/main.js": "text/javascript"}.items():
        async with tab.http.get(path) as response:
            assert (response.status, response.content_type) == (200, kind)


async def test_the_page_names_each_of_its_modules(tab: Tab) -> None:
    async with tab.http.get("/") as response:
        named = re.findall(r'<link rel="modulepreload" href="([^"]+)">', await response.text())
    found = {f"/page/static/{path.relative_to(ROOT).as_posix()}" for path in ROOT.rglob("*.js")}

    assert len(named) == len(found) > 40
    assert set(named) == found
    for path in named:
        async with tab.http.get(path) as response:
            assert (response.status, response.content_type) == (200, "text/javascript")
