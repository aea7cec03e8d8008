"""Structure elements of a tagged PDF, as WeasyPrint 70 and pydyf make them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

from hongtou.plan.texts import SetText

Marks = Sequence[tuple[SetText, int]]  # each text and the content that it is marked as


@dataclass(slots=True)
class Tags:
    """Makes the elements of one page; ``nums`` maps its marked content to their elements."""

    pdf: Any
    page_number: int
    nums: dict[int, Any]

    def texts(self, marks: Marks, parent: Any) -> Iterator[Any]:
        """Yield an element for each text and the content that it is marked as."""
        for text, mark in marks:
            element = self.element(f"H{text.level}" if text.level else "P", parent)
            self.hold(element, mark)
            yield element

    def within(self, tag: str, marks: Marks, parent: Any) -> Any:
        """Return an element that holds an element for each text."""
        element = self.element(tag, parent)
        element["K"].extend(text.reference for text in self.texts(marks, element))
        return element

    def list(self, marks: Marks, starts: frozenset[int], parent: Any) -> Any:
        """Return the element of a list, where the texts of these keys begin an item."""
        whole = self.element("L", parent)
        item = None
        for text, mark in marks:
            if item is None or text.key in starts:
                item = self._within(self._within(whole, "LI"), "LBody")
            self.hold(self._within(item, "P"), mark)
        return whole

    def element(self, tag: str, parent: Any) -> Any:
        """Return a new element whose parent is to hold it."""
        element = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": f"/{tag}",
                "K": pydyf.Array(),
                "Pg": self.pdf.page_references[self.page_number],
                "P": parent.reference,
            }
        )
        self.pdf.add_object(element)
        return element

    def hold(self, element: Any, mark: int) -> None:
        """Let an element hold marked content of the page."""
        element["K"].append(mark)
        self.nums[mark] = element.reference

    def hold_link(self, element: Any, annotation: Any, annotations: Any) -> None:
        """Let an element hold a link's annotation."""
        reference = pydyf.Dictionary(
            {
                "Type": "/OBJR",
                "Obj": annotation.reference,
                "Pg": self.pdf.page_references[self.page_number],
            }
        )
        self.pdf.add_object(reference)
        element["K"].append(reference.reference)
        annotations.append((element.reference, annotation))

    def _within(self, parent: Any, tag: str) -> Any:
        element = self.element(tag, parent)
        parent["K"].append(element.reference)
        return element
