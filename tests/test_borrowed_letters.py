"""Letters that a role's own face lacks: the whole word is set in the face that has them."""

from __future__ import annotations

import pytest

from tests.support.shop import compositor, faces


@pytest.mark.parametrize("role", ["title", "heading", "nameplate", "folio"])
@pytest.mark.parametrize("word", ["Škoda", "Kuršumlija", "Łódź", "Erdoğan", "İzmir"])
def test_a_word_is_of_one_face(role: str, word: str) -> None:
    line = compositor().single(f"访{word}市", role, 22.0)
    letters = {face.id for face in line.faces[1:-1]}
    assert letters == {"latin"}
    assert line.faces[0] is line.faces[-1] is faces().face_for(role, "一")


@pytest.mark.parametrize("role", ["title", "heading"])
def test_other_words_keep_the_face_of_their_role(role: str) -> None:
    line = compositor().single("Volkswagen与Škoda", role, 22.0)
    own = faces().face_for(role, "V")
    assert {face is own for face in line.faces[:10]} == {True}


def test_its_letters_are_as_wide_as_in_that_face() -> None:
    title, latin = (compositor().natural_width("Škoda", role, 22.0) for role in ("title", "latin"))
    assert title == pytest.approx(latin)
