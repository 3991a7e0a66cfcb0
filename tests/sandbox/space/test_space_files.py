"""The loopback Space's file route, and the URLs that lead there."""

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.space.cabinet import KEPT, Cabinet, Stored
from tests.sandbox.space.conftest import Visit
from tests.sandbox.space.visitor import ASKED, Visitor, named


async def file_data(visitor: Visitor, **headers: str) -> dict[str, str]:
    """Ask for a picture behind such headers, and return its FileData."""
    async with visitor.web.post(
        f"{visitor.space.api}/call/infer", json={"data": list(ASKED.values())}, headers=headers
    ) as response:
        event_id = (await response.json())["event_id"]
    async with visitor.reading(event_id) as stream:
        end = await stream.until("process_completed")
    return dict(end["output"]["data"][0])


async def test_a_url_is_the_spaces_own_with_the_path_at_its_end(visit: Visit) -> None:
    visitor = await visit()

    file = await file_data(visitor)

    assert file["url"] == f"{visitor.space.url}/gradio_api/file={file['path']}"


async def test_a_proxys_word_for_the_host_is_believed(visit: Visit) -> None:
    file = await file_data(
        await visit(), **{"X-Forwarded-Host": "space.example, inner", "X-Forwarded-Proto": "https"}
    )

    assert file["url"].startswith("https://space.example/gradio_api/file=/tmp/gradio/")


async def test_a_file_comes_with_its_length_type_and_tag(visit: Visit) -> None:
    visitor = await visit(picture_format="png")
    file = await file_data(visitor)

    async with visitor.web.get(file["url"]) as response:
        body = await response.read()

    assert response.headers["content-type"] == "image/png"
    assert response.headers["content-disposition"] == 'inline; filename="image.png"'
    assert response.content_length == len(body)
    assert response.headers["etag"].strip('"')


async def test_a_path_that_was_not_handed_out_is_a_403(visit: Visit) -> None:
    visitor = await visit()

    answer = await visitor.get(f"{visitor.space.api}/file=/etc/passwd")

    assert answer == (403, b'{"detail":"File not allowed: /etc/passwd."}')


async def test_the_same_picture_has_the_same_path(visit: Visit) -> None:
    visitor = await visit()

    paths = {
        named(await visitor.draw(), "process_completed")[0]["output"]["data"][0]["path"] for _ in range(2)
    }

    assert len(paths) == 1


@given(st.integers(1, KEPT * 2))
def test_old_files_go_when_there_are_too_many(count: int) -> None:
    cabinet = Cabinet()
    paths = [cabinet.put(Stored(str(number).encode(), "text/plain"), "a") for number in range(count)]

    assert [cabinet.find(path) is not None for path in paths].count(True) == min(count, KEPT)
    assert cabinet.find(paths[-1])
