"""hongtou (红头): sets Chinese official bulletins from structured JSON."""

__version__ = "0.1.0"
