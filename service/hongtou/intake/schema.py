"""The JSON Schema of the contract, for forms, other systems and the documentation."""

from __future__ import annotations

from typing import Any

from hongtou.intake.contract import Issue

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def issue_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an issue, with Chinese titles."""
    schema = Issue.model_json_schema(by_alias=True)
    for part in (schema, *schema["$defs"].values()):
        part.pop("description", None)  # the model's docstring, which is for developers
    return {"$schema": DIALECT, **schema}
