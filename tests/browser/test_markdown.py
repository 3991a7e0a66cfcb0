"""Discord's markdown, as the page reads it: what each mark means, and what stays the text that it is."""

from typing import Any

import pytest

from tests.browser.tab import Tab

PARSE = "async (text) => (await import('/page/static/markdown.js')).parse(text)"


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def node(kind: str, *children: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": kind, "children": list(children), **more}


@pytest.mark.parametrize(
    ("written", "nodes"),
    [
        ("**a**", [node("strong", text("a"))]),
        ("*a* _b_", [node("em", text("a")), text(" "), node("em", text("b"))]),
        ("***a***", [node("strong", node("em", text("a")))]),
        ("__a__", [node("underline", text("a"))]),
        ("~~a~~", [node("strike", text("a"))]),
        ("||a **b**||", [node("spoiler", text("a "), node("strong", text("b")))]),
        ("`**a**`", [{"type": "code", "text": "**a**"}]),
        ("`` a`b ``", [{"type": "code", "text": "a`b"}]),
        ("```py\na\n```b", [{"type": "fence", "language": "py", "text": "a"}, text("b")]),
        ("<t:5:R>", [{"type": "time", "seconds": 5, "style": "R"}]),
        ("<t:5>", [{"type": "time", "seconds": 5, "style": "f"}]),
        ("<@1> <@!2>", [{"type": "user", "id": "1"}, text(" "), {"type": "user", "id": "2"}]),
        ("<@&1>", [{"type": "role", "id": "1"}]),
        ("<#1>", [{"type": "channel", "id": "1"}]),
        ("</a b:1>", [{"type": "command", "name": "a b"}]),
        ("<a:fox:12>", [{"type": "emoji", "name": "fox"}]),
        ("@here", [{"type": "everyone", "text": "@here"}]),
    ],
)
async def test_a_mark_means_what_it_means_in_discord(
    tab: Tab, written: str, nodes: list[dict[str, Any]]
) -> None:
    assert await tab.page.evaluate(PARSE, written) == nodes


@pytest.mark.parametrize(
    ("written", "nodes"),
    [
        ("# a\nb", [node("heading", text("a"), level=1), text("b")]),
        ("### a", [node("heading", text("a"), level=3)]),
        ("-# a *b*", [node("subtext", text("a "), node("em", text("b")))]),
        ("> a\n> b\nc", [node("quote", text("a\nb")), text("c")]),
        (">>> a\n\nb", [node("quote", text("a\n\nb"))]),
        ("- a\n* b", [{"type": "list", "start": None, "items": [[text("a")], [text("b")]]}]),
        (
            "3. a\n  - b",
            [
                {
                    "type": "list",
                    "start": 3,
                    "items": [[text("a"), {"type": "list", "start": None, "items": [[text("b")]]}]],
                }
            ],
        ),
    ],
)
async def test_the_beginning_of_a_line_says_what_the_line_is(
    tab: Tab, written: str, nodes: list[dict[str, Any]]
) -> None:
    assert await tab.page.evaluate(PARSE, written) == nodes


@pytest.mark.parametrize(
    ("written", "href", "label"),
    [
        ("https://a.example/b_c?d=1.", "https://a.example/b_c?d=1", "https://a.example/b_c?d=1"),
        ("<https://a.example>", "https://a.example", "https://a.example"),
        ("[fox](https://a.example/x_(y))", "https://a.example/x_(y)", "fox"),
        ("[fox](<https://a.example>)", "https://a.example", "fox"),
    ],
)
async def test_an_address_is_a_link(tab: Tab, written: str, href: str, label: str) -> None:
    assert (await tab.page.evaluate(PARSE, written))[0] == node("link", text(label), href=href)


@pytest.mark.parametrize(
    "written",
    [
        "**a",
        "snake_case_name",
        "2 * 3 * 4",
        "||a",
        "a # b",
        "#a",
        "```",
        "[fox](javascript:alert(1))",
        "[fox](data:text/html,x)",
        "<script>alert(1)</script>",
        "a@everyoneb",
        "<t:x>",
        "",
    ],
)
async def test_what_is_no_markdown_stays_text(tab: Tab, written: str) -> None:
    assert await tab.page.evaluate(PARSE, written) == ([text(written)] if written else [])


@pytest.mark.parametrize("mark", ["*", "_", "#", "~", "|", "`", "[", "<", ">"])
async def test_a_backslash_takes_a_mark_its_meaning(tab: Tab, mark: str) -> None:
    assert await tab.page.evaluate(PARSE, f"\\{mark}a{mark}") == [text(f"{mark}a{mark}")]


async def test_a_link_in_a_link_is_its_words(tab: Tab) -> None:
    (link,) = await tab.page.evaluate(PARSE, "[see <https://a.example>](https://b.example)")

    assert link == node("link", text("see "), text("https://a.example"), href="https://b.example")


@pytest.mark.parametrize("unit", ["**", "||", "_", "> ", "[", "`", "*a ", "<t:", "- "])
async def test_the_longest_text_is_read_in_a_moment(tab: Tab, unit: str) -> None:
    seconds = await tab.page.evaluate(
        """async (text) => {
            const { parse } = await import('/page/static/markdown.js');
            const began = performance.now();
            parse(text);
            return (performance.now() - began) / 1000;
        }""",
        unit * (4000 // len(unit)),
    )

    assert seconds < 1
