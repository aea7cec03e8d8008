"""Issue JSON → Issue: parsed, guarded, held to the contract, and read."""

from service.intake.document import JsonValue
from service.intake.reading import Reading, read_issue
from service.intake.schema import issue_schema

__all__ = ["JsonValue", "Reading", "issue_schema", "read_issue"]
