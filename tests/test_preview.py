"""Live pages: pictures of the pages in view, and where every text on them stands."""

from __future__ import annotations

import io
import json
from email import message_from_bytes
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from hongtou.bulletin.errors import MalformedDocument, UnknownOption
from hongtou.bulletin.order import Order
from hongtou.bulletin.preview_wish import MAX_VIEW, PreviewWish
from hongtou.config import Config
from hongtou.intake.wish import MAX_DPI, read_wish
from hongtou.outputs.page_pictures import SHADES
from hongtou.pages.places import Place
from hongtou.pages.preview import Preview
from hongtou.rendering.queue import RenderQueue
from hongtou.web.api.negotiation import read_preview_order
from hongtou.web.app import create_app
from tests.support.documents import article, document, encoded
from tests.support.fakes import DRAWN, PICTURE, FakeTypesetter
from tests.support.readers import mupdf_characters
from tests.support.shop import typesetter
from tests.test_pages import PICTURES, at

EXAMPLE = (Path(__file__).parents[1] / "examples" / "dongtai.json").read_bytes()
EVERY_FIELD = (Path(__file__).parent / "issues" / "every-field.json").read_bytes()


@cache
def previewed(sent: bytes = EXAMPLE, **wish: Any) -> Preview:
    pictures = PICTURES if sent == EVERY_FIELD else {}
    return typesetter().preview(sent, Order(), PreviewWish(**wish), pictures)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


class TestPages:
    @pytest.mark.slow
    def test_only_those_in_view_are_drawn(self) -> None:
        seen = previewed(view=(2, 4))
        assert [page.number for page in seen.view.drawn] == [2, 4]
        assert [name for name, _ in seen.view.pictures] == [page.digest for page in seen.view.drawn]
        assert {place.page for place in seen.view.places} == {2, 4}
        assert seen.page_count == 5

    @pytest.mark.slow
    def test_a_page_that_is_not_there_is_left_out(self) -> None:
        assert [page.number for page in previewed(view=(3, 99)).view.drawn] == [3]

    @pytest.mark.slow
    def test_the_page_of_the_caret_is_drawn_too(self) -> None:
        body = previewed(view=tuple(range(1, 7))).view.places
        last = [place for place in body if place.pointer.startswith("/articles/0/body")][-1]
        seen = previewed(view=(1,), pointer=last.pointer, offset=last.start)
        assert [page.number for page in seen.view.drawn] == [1, last.page]

    @pytest.mark.slow
    def test_a_headline_is_looked_for_over_its_article_not_in_the_contents(self) -> None:
        sent = json.loads(EXAMPLE)
        del sent["articles"][1]["contents_title"]
        at_headline = {"pointer": "/articles/1/headline", "offset": 1}
        pages = [
            page.number for page in previewed(encoded(sent), view=(), **at_headline).view.drawn
        ]
        printed = previewed(encoded(sent), view=(1, *pages)).view.places
        found = [place.page for place in printed if place.pointer == at_headline["pointer"]]
        assert found[0] == 1
        assert pages == [found[-1]] != [1]

    @pytest.mark.slow
    def test_a_known_picture_is_not_sent_again(self) -> None:
        first = previewed(view=(1, 2))
        again = previewed(view=(1, 2), known=frozenset({first.view.drawn[0].digest}))
        assert again.view.drawn == first.view.drawn
        assert again.view.pictures == first.view.pictures[1:]

    @pytest.mark.slow
    def test_a_page_is_named_by_how_it_looks(self) -> None:
        changed = json.loads(EXAMPLE)
        changed["closing"]["editors"] = ["王小龙"]
        other = previewed(encoded(changed), view=tuple(range(1, 7)))
        digests = [page.digest for page in previewed(view=tuple(range(1, 7))).view.drawn]
        assert [page.digest for page in other.view.drawn][:-1] == digests[:-1]
        assert other.view.drawn[-1].digest != digests[-1]

    @pytest.mark.slow
    @pytest.mark.parametrize(("number", "mode"), [(1, "RGB"), (2, "L")])
    def test_a_picture_is_the_printed_page_in_sixteen_shades(self, number: int, mode: str) -> None:
        seen = previewed(view=(number,), dpi=57)
        with pypdfium2.PdfDocument(typesetter().produce(EXAMPLE, Order()).content) as pdf:
            printed = pdf[number - 1].render(scale=57 / 72, grayscale=mode == "L").to_pil()
        picture = opened(seen.view.pictures[0][1])
        assert picture.mode == mode
        assert picture.size == seen.view.drawn[0][2:]
        assert (
            ImageChops.difference(picture, printed.point([*SHADES] * len(mode))).getbbox() is None
        )
        assert len(seen.view.pictures[0][1]) < 60_000

    def test_an_issue_with_faults_has_findings_and_no_pages(self) -> None:
        seen = previewed(encoded(document(articles=[article(headline="")])))
        assert seen.page_count is None
        assert not seen.view.drawn and not seen.view.pictures and not seen.view.places
        assert "text/blank" in {finding.code for finding in seen.findings}

    @pytest.mark.slow
    def test_findings_and_reports_are_those_of_a_check(self) -> None:
        checked, seen = typesetter().check(EXAMPLE, Order()), previewed()
        assert (seen.findings, seen.layout) == (checked.findings, checked.layout)
        assert seen.page_count == checked.page_count


class TestPlaces:
    @pytest.mark.slow
    @pytest.mark.parametrize("sent", [EXAMPLE, EVERY_FIELD], ids=["example", "every field"])
    def test_each_frames_the_very_words_on_the_page(self, sent: bytes) -> None:
        """A reader that knows only the PDF finds there what was sent."""
        pages = tuple(range(1, MAX_VIEW + 1))
        issue = json.loads(sent)
        pictures = PICTURES if sent == EVERY_FIELD else {}
        content = typesetter().produce(sent, Order(), pictures).content
        for place in previewed(sent, view=pages).view.places:
            named = at(issue, place.pointer)[place.start : place.end]
            found = words_in(content, place)
            assert plain(named) in plain(found) or plain(found) in plain(named), place

    @pytest.mark.slow
    def test_two_of_one_string_never_overlap_on_a_page(self) -> None:
        for page in range(1, 7):
            spans: dict[str, list[Place]] = {}
            for place in previewed(view=(page,)).view.places:
                spans.setdefault(place.pointer, []).append(place)
            for places in spans.values():
                ordered = sorted(places, key=lambda place: place.start)
                assert all(one.end <= two.start or one.y != two.y for one, two in pairwise(ordered))

    def test_what_was_corrected_leads_back_to_what_was_sent(self) -> None:
        sent = document(articles=[article(body="今天 的会议:开得很好。" * 3)])
        seen = typesetter().preview(encoded(sent), Order(normalize=True), PreviewWish())
        ends = [place.end for place in seen.view.places if place.pointer == "/articles/0/body"]
        assert max(ends) == len(sent["articles"][0]["body"])


class TestWish:
    @pytest.mark.slow
    @given(
        st.lists(st.integers(1, 999), max_size=MAX_VIEW),
        st.integers(36, MAX_DPI),
        st.lists(st.text("0123456789abcdef", min_size=24, max_size=24), max_size=5),
    )
    def test_is_read_as_it_was_sent(self, view: list[int], dpi: int, known: list[str]) -> None:
        sent = {"view": view, "dpi": dpi, "known": known, "at": ["/closing/report_to", 3]}
        wish = read_wish(json.dumps(sent).encode())
        assert wish == PreviewWish(
            view=tuple(view),
            dpi=dpi,
            known=frozenset(known),
            pointer="/closing/report_to",
            offset=3,
        )

    @pytest.mark.parametrize(
        "sent",
        [
            b"", b"[]", b"{", b'{"view": [0]}', b'{"view": "1"}', b'{"dpi": 1000}', b'{"x": 1}',
            b'{"known": ["../../x"]}', b'{"at": ["/a"]}', b'{"view": [1,2,3,4,5,6,7,8,9,10,11]}',
            b'{"dpi": 1e400}', b"\xff",
        ],
    )  # fmt: skip
    def test_of_another_shape_is_refused_with_an_example(self, sent: bytes) -> None:
        with pytest.raises(MalformedDocument) as refused:
            read_wish(sent)
        assert '"view"' in refused.value.hint

    def test_only_the_pages_of_screen_are_shown(self) -> None:
        assert read_preview_order("margins=mirror&normalize=true").output == "screen"
        with pytest.raises(UnknownOption, match="预览"):
            read_preview_order("output=png")


class TestOverHttp:
    @pytest.fixture
    def client(self) -> FlaskClient:
        return create_app(Config(), FakeTypesetter()).test_client()

    def ask(self, client: FlaskClient, **parts: bytes) -> Any:
        named = {name: (io.BytesIO(content), name) for name, content in parts.items()}
        return client.post("/v1/preview", data=named)

    def parts(self, answer: Any) -> dict[str, bytes]:
        head = b"Content-Type: %b\r\n\r\n" % answer.content_type.encode()
        form = message_from_bytes(head + answer.data)
        return {
            part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in form.get_payload()
        }

    def test_the_answer_is_a_form_of_json_and_pictures(self, client: FlaskClient) -> None:
        parts = self.parts(self.ask(client, issue=EXAMPLE, wish=b'{"view": [2]}'))
        told = json.loads(parts.pop("preview"))
        assert told["drawn"] == [[*DRAWN]]
        assert told["pages"] == 4
        assert parts == {DRAWN.digest: PICTURE}

    def test_json_alone_shows_the_first_page(self, client: FlaskClient) -> None:
        answer = client.post("/v1/preview", data=EXAMPLE, content_type="application/json")
        assert answer.status_code == 200

    def test_a_picture_may_be_called_wish_in_a_render_only(self, client: FlaskClient) -> None:
        assert self.ask(client, issue=EXAMPLE, wish=b"\x89PNG").status_code == 400

    def test_a_wish_that_is_too_long_is_refused(self, client: FlaskClient) -> None:
        answer = self.ask(client, issue=EXAMPLE, wish=b" " * 20_000)
        assert answer.status_code == 413
        assert "wish" in answer.json["detail"]


def test_a_preview_gives_way_to_a_render() -> None:
    queue = RenderQueue(1, 5)
    with queue.turn(queue.enter("甲"), lambda: False):
        previews = [queue.enter("甲", gives_way=True) for _ in range(2)]
        render = queue.enter("乙")
        queue._ready += [*previews, render]
    assert render.state.name == "RUNNING"


def words_in(content: bytes, place: Place) -> str:
    """Return what a reader of the PDF finds in the box of a place."""
    right, bottom = place.x + place.width, place.y + place.height
    return "".join(
        char
        for char, x, y in mupdf_characters(content, place.page)
        if place.x < x < right and place.y < y < bottom
    )


def plain(text: str) -> str:
    return "".join(text.split()).replace("\u3000", "").replace("**", "")
