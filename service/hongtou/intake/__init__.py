"""Issue JSON → Issue: parsed, guarded, held to the contract, and read."""

from hongtou.intake.document import JsonValue
from hongtou.intake.reading import Reading, read_issue
from hongtou.intake.schema import issue_schema

__all__ = ["JsonValue", "Reading", "issue_schema", "read_issue"]
