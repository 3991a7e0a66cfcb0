"""A referee: judges recorded REST traffic by Discord's own OpenAPI description.

A row has `method`, `path` (without `/api/v10`), `query`, `body`, `status` and `response`. Requests that
were refused may be wrong; answers never. The description is data of discord/discord-api-spec (MIT).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

DESCRIPTION = Path(__file__).parent / "fixtures" / "discord" / "openapi.json"
ERROR = "/components/schemas/Error"
"""What refusals are judged by. Not `ErrorResponse`: it wants integer codes of field errors, and Discord's
own documentation shows names ("BASE_TYPE_REQUIRED")."""
RATE_LIMITED = "/components/schemas/RatelimitedResponse"
SNOWFLAKE = re.compile(r"(.*_)?id")


@dataclass(frozen=True, slots=True)
class Operation:
    """A method of a path, found by matching."""

    pointer: str
    definition: dict[str, Any]
    queries: frozenset[str]


class Referee:
    """Judges rows, one by one. Compiled schemas are kept."""

    def __init__(self) -> None:
        self._description = json.loads(DESCRIPTION.read_text())
        resource = DRAFT202012.create_resource(self._description)
        self._registry: Registry[Any] = Registry().with_resource("urn:discord", resource)
        self._validator = cache(self._compiled)

    def violations(self, row: dict[str, Any]) -> list[str]:
        """Return what is wrong with a request and its answer."""
        found = [*self._refusal(row)]
        if row["status"] and row["status"] < 300:
            operation = self._operation(row["method"], row["path"])
            found += ["no such operation"] if operation is None else self._accepted(operation, row)
        return [f"{row['method']} {row['path']}: {violation}" for violation in found]

    def _operation(self, method: str, path: str) -> Operation | None:
        for pattern in sorted(self._description["paths"], key=lambda one: one.count("{")):
            item = self._description["paths"][pattern]
            expression = re.sub(r"\{[^}]+\}", "[^/]+", pattern)
            if method.lower() in item and re.fullmatch(expression, path):
                definition = item[method.lower()]
                parameters = [*item.get("parameters", []), *definition.get("parameters", [])]
                queries = frozenset(one["name"] for one in parameters if one.get("in") == "query")
                escaped = pattern.replace("~", "~0").replace("/", "~1")
                return Operation(f"/paths/{escaped}/{method.lower()}", definition, queries)
        return None

    def _request(self, operation: Operation, row: dict[str, Any]) -> Iterator[str]:
        for name in set(row["query"]) - operation.queries:
            yield f"unknown query parameter {name}"
        wanted = operation.definition.get("requestBody")
        if row["body"] is None:
            if wanted and wanted.get("required"):
                yield "a body is required"
        elif not wanted:
            yield "a body is not wanted"
        else:
            pointer = f"{operation.pointer}/requestBody/content/application~1json/schema"
            yield from self._errors(pointer, _snowflakes_as_text(row["body"]))

    def _refusal(self, row: dict[str, Any]) -> Iterator[str]:
        status = row["status"] or 500  # a fault: nobody's answer
        if 400 <= status < 500:
            yield from self._errors(RATE_LIMITED if status == 429 else ERROR, row["response"])

    def _accepted(self, operation: Operation, row: dict[str, Any]) -> Iterator[str]:
        yield from self._request(operation, row)
        status = row["status"]
        answers = operation.definition["responses"]
        if str(status) not in answers:
            yield f"answered {status}"
        elif "content" in answers[str(status)]:
            pointer = f"{operation.pointer}/responses/{status}/content/application~1json/schema"
            yield from (f"answer: {error}" for error in self._errors(pointer, row["response"]))
        elif row["response"] is not None:
            yield "answered with a body"

    def _errors(self, pointer: str, value: object) -> Iterator[str]:
        for error in self._validator(pointer).iter_errors(value):
            place = "/".join(map(str, error.absolute_path)) or "(body)"
            yield f"{place}: {error.message[:300]}"

    def _compiled(self, pointer: str) -> Draft202012Validator:
        return Draft202012Validator({"$ref": f"urn:discord#{pointer}"}, registry=self._registry)


def _snowflakes_as_text(value: Any, key: str = "") -> Any:
    """Discord takes ids as numbers too; its description knows only strings."""
    if isinstance(value, dict):
        return {name: _snowflakes_as_text(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_snowflakes_as_text(one, key) for one in value]
    number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if number and SNOWFLAKE.fullmatch(key) else value
