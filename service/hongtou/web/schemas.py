"""Short forms of JSON Schemas, for the requests and responses of routes."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

JSON = "application/json"
FORM = "multipart/form-data"
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
BINARY: Schema = {"type": "string", "format": "binary"}
COUNT: Schema = {"type": "integer", "minimum": 0}


def ref(name: str) -> Schema:
    """Return a reference to a schema in the components of the OpenAPI document."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(required: Schema, **optional: Schema) -> Schema:
    """Return the schema of an object."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def row(*members: Schema) -> Schema:
    """Return the schema of a list of a fixed length."""
    return {"type": "array", "prefixItems": list(members), "minItems": len(members), "items": False}


def rows(*members: Schema) -> Schema:
    """Return the schema of a list of such lists."""
    return {"type": "array", "items": row(*members)}


def listed(name: str, *fields: str) -> Schema:
    """Return the schema of an object with a single list of records, whose fields are texts."""
    entry = record(dict.fromkeys(fields, TEXT))
    return record({name: {"type": "array", "items": entry}})


def outputs_listed() -> Schema:
    """Return the schema of the list of outputs and their options."""
    value = {"type": ["boolean", "integer", "string"]}
    words = {"type": "array", "items": TEXT}
    bound = {"type": "integer"}
    option = record(
        {"name": TEXT, "title": TEXT, "type": TEXT, "default": value},
        enum=words,
        description=TEXT,
        minimum=bound,
        maximum=bound,
        needs=record({"name": TEXT, "value": value}),
    )
    texts = dict.fromkeys(("name", "title", "media_type", "extension"), TEXT)
    output = record({**texts, "options": {"type": "array", "items": option}})
    return record({"outputs": {"type": "array", "items": output}})
