"""Findings on the wording of an issue: never a silent change, always a place and a reason."""

from hongtou.review.normalizing import normalized, safe_changes
from hongtou.review.reviewing import review
from hongtou.review.rules import RULES

__all__ = ["RULES", "normalized", "review", "safe_changes"]
