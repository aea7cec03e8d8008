"""Findings on the wording of an issue: never a silent change, always a place and a reason."""

from service.review.normalizing import normalized
from service.review.reviewing import review
from service.review.rules import RULES

__all__ = ["RULES", "normalized", "review"]
