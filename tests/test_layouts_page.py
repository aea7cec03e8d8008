"""`docs/layouts.md`: its tables are the code's, and its example does what it says."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

import pytest

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.layouts import SHARED, open_layouts
from hongtou.paginate.layout_check import refuse_faulty
from hongtou.pipeline import Typesetter
from scripts.docs import layouts as documented
from tests.support.layouts import FILE
from tests.support.reading import rules_of
from tests.support.shop import ROOT, faces

pytestmark = pytest.mark.slow


class TestThePage:
    """`docs/layouts.md`: its tables are the code's, and its example does what it says."""

    WRITTEN = documented.PAGE.read_text(encoding="utf-8")

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        shutil.copytree(ROOT / "layouts", tmp_path, dirs_exist_ok=True)
        (tmp_path / "zhuanbao").mkdir()
        return tmp_path

    def example(self) -> str:
        """Return the layout of the example."""
        (found,) = re.findall(r"```toml\n( +# 专报.*?)```", self.WRITTEN, re.S)
        return textwrap.dedent(found)

    def test_its_tables_are_those_of_the_code(self) -> None:
        assert documented.page() == self.WRITTEN, "run make docs"

    def test_its_example_is_listed_and_set(self, folder: Path) -> None:
        (folder / "zhuanbao" / FILE).write_text(self.example(), encoding="utf-8")
        found = open_layouts(folder)
        listed = "".join(f"   {one.name}\t{one.title}\t{one.summary}\n" for one in found.values())
        assert listed in self.WRITTEN
        document = (ROOT / "examples" / "dongtai.json").read_text(encoding="utf-8")
        document = document.replace('"layout": "dongtai"', '"layout": "zhuanbao"')
        edition = Typesetter(faces(), found, Limits()).produce(document.encode(), Order())
        (rule,) = (rule for rule in rules_of(edition.content) if rule.page == 1)
        assert rule.weight == pytest.approx(3 / 72 * 25.4, abs=0.01)

    def test_its_message_is_what_is_said(self, folder: Path) -> None:
        wrong = self.example().replace("rule_weight", "rule_wieght")
        (folder / "zhuanbao" / FILE).write_text(wrong, encoding="utf-8")
        with pytest.raises(SetupError) as caught:
            open_layouts(folder)
        assert f"错误：{caught.value.message}\n" in self.WRITTEN

    def test_so_is_that_of_a_rule_that_does_nothing(self, folder: Path) -> None:
        (folder / "zhuanbao" / FILE).write_text(self.example(), encoding="utf-8")
        sheet = (folder / SHARED / "page.css.j2").read_text(encoding="utf-8")
        wrong = f".closing {{\n  color: red;\n}}\n{sheet}"
        (folder / "zhuanbao" / "page.css.j2").write_text(wrong, encoding="utf-8")
        with pytest.raises(SetupError) as caught:
            refuse_faulty(open_layouts(folder), faces())
        assert f"错误：{caught.value.message}\n" in self.WRITTEN
