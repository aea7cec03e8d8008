"""Who gets numbered copies (份号领受单位), as it is sent: a name, or one with its copies."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Discriminator, Field, Tag

from hongtou.intake.fields import COUNT_MAX, StrictModel, WantedLine

RECIPIENTS = 500  # of numbered copies


class Recipient(StrictModel):
    """A body that gets numbered copies (份号领受单位)."""

    model_config = ConfigDict(title="份号领受单位")

    name: WantedLine = Field(title="单位", examples=["市委办公室"])
    copies: int | None = Field(None, title="份数", description="省略时一份", ge=1, le=COUNT_MAX)


def _recipient_tag(value: object) -> str | None:
    return "#text" if isinstance(value, str) else "#recipient" if isinstance(value, dict) else None


RecipientMember = Annotated[
    Annotated[WantedLine, Tag("#text")] | Annotated[Recipient, Tag("#recipient")],
    Discriminator(
        _recipient_tag,
        custom_error_type="document/wrong-type",
        custom_error_message="须是一个单位，或单位与份数（name、copies）的一项",
    ),
]
Recipients = Annotated[list[RecipientMember], Field(max_length=RECIPIENTS)]
