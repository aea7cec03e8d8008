"""Names of persons with a point and of villages: where they begin and end, and that they stay whole."""

from __future__ import annotations

import pytest

from hongtou.compose.cells import TypeRun
from hongtou.compose.names import places, pointed_names
from hongtou.compose.sense import Boundary, boundaries
from hongtou.plan import spacing_of
from tests.support.shop import compositor, layouts

SENTENCE = "今年以来，全市各级各部门坚持问题导向，压实工作责任，细化工作举措，推动86项任务落地见效"
SIZE, MEASURE = 15.75, 442.2
LATIN_GAP = spacing_of(layouts()["dongtai"]).latin_gap


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("村民买买提·吐尔逊说", ["买买提·吐尔逊"]),
        ("县长古丽巴哈尔·阿卜杜热西提主持会议", ["古丽巴哈尔·阿卜杜热西提"]),
        (
            "社员司马义·艾则孜、玉素甫·买买提江和阿迪力·肉孜的",
            ["司马义·艾则孜", "玉素甫·买买提江", "阿迪力·肉孜"],
        ),
        ("由约翰·菲茨杰拉德·肯尼迪签署", ["约翰·菲茨杰拉德·肯尼迪"]),
        ("托马斯·迈耶-布兰迪斯一行", ["托马斯·迈耶-布兰迪斯"]),
        ("老挝琅勃拉邦省副省长宋坎·冯维莱访问", ["宋坎·冯维莱"]),
        ("“锦绣·澜岸”小区，《人民公安报·交通安全周刊》", []),
        ("开展传承·创新主题活动，教育交流周·贵州活动日", []),
        ("“三·八”节", []),
        ("没有名字", []),
    ],
)
def test_where_a_name_with_a_point_begins_and_ends(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in pointed_names(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("阿克陶县克孜勒陶乡曲什曼村村民", ["克孜勒陶乡", "曲什曼村"]),
        ("走访石桥镇柳湾村和王村镇东风村", ["石桥镇", "柳湾村", "东风村"]),
        ("哈尔莫敦镇哈尔乌苏村", ["哈尔莫敦镇", "哈尔乌苏村"]),
        ("各乡镇、各村推进农村工作，走访5个村、3个社区", []),
        ("在贫困村，全镇上下，到村里去，驻村，全体村民", []),
        ("县政府王庄村", ["王庄村"]),
    ],
)
def test_what_names_a_village_or_a_town(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in places(text)] == names


@pytest.mark.parametrize("name", ["张××", "王×平", "赵×", "××府邸"])
def test_no_line_parts_a_name_at_its_mask(name: str) -> None:
    for before in range(5, 33):
        parted = _lines(f"{SENTENCE[-before:]}，业主{name}（女，71岁）等人反映，{SENTENCE}。")
        assert not {"×|×", "张|×", "王|×", "×|平", "赵|×"} & {
            parted[at - 1 : at + 2] for at, char in enumerate(parted) if char == "|"
        }


@pytest.mark.parametrize("name", ["买买提·吐尔逊", "艾山·买买提"])
def test_no_line_parts_a_name_but_behind_its_point(name: str) -> None:
    for before in range(5, 33):
        parted = _lines(f"{SENTENCE[-before:]}，在{name}家中召开院坝会，{SENTENCE}。")
        assert name in parted.replace("·|", "·")


def test_no_gap_opens_inside_a_name_with_a_hyphen() -> None:
    loose = "卡尔·迈耶-布兰迪斯（Dr. Karl Meyer-Brandis）一行，Siemens Energy Transmission"
    lines = compositor().justified([TypeRun(loose * 3, "body")], SIZE, MEASURE)
    gaps = [
        gap
        for line in lines[:-1]
        for text, gap, behind in zip(line.texts, line.gaps, line.texts[1:], strict=False)
        if (text + behind) in ("耶-", "-布")
    ]
    assert gaps and max(gaps) <= LATIN_GAP * SIZE + 0.01


def test_few_lines_part_a_village_and_none_is_loose_for_it() -> None:
    torn = 0
    for before in range(5, 33):
        parted = _lines(f"{SENTENCE[-before:]}，在曲什曼村召开现场会，{SENTENCE}。")
        torn += "曲什曼村" not in parted
    assert torn <= 1  # of 28; without its cost 3


def test_headlines_and_cells_keep_both_whole() -> None:
    for name in ("买买提·吐尔逊", "曲什曼村"):
        text = f"走访{name}群众"
        at = text.index(name)
        inside = boundaries(text)[at + 1 : at + len(name)]
        assert set(inside) <= {Boundary.NAME, Boundary.WORD}


def test_no_word_goes_across_the_end_of_a_place() -> None:
    text = "克孜勒陶乡曲什曼村"  # 乡曲 is a word
    assert boundaries(text)[text.index("曲")] <= Boundary.WORDS


@pytest.mark.parametrize("name", ["（2026）江0102民初1234号案", "安政发〔2026〕12号文件"])
def test_what_a_number_names_stays_with_it(name: str) -> None:
    text = f"{name}入选全省十大典型案例"
    assert set(boundaries(text)[len(name) - 4 : len(name)]) <= {Boundary.NAME, Boundary.WORD}


def _lines(text: str) -> str:
    runs = [TypeRun(text, "body")]
    lines = compositor().justified(runs, SIZE, MEASURE, indent=2 * SIZE, tracking=0.05)
    for line in lines[:-1]:
        gaps = sorted(line.gaps[1:])
        assert gaps[len(gaps) // 2] <= 0.045 * SIZE  # `report.loose`
    return "|".join(line.text for line in lines)


def _torn(text: str, parted: str) -> int:
    """Return how many of 28 paragraphs that hold a text are parted so."""
    return sum(
        parted in _lines(f"{SENTENCE[-before:]}。{text}，{SENTENCE}。") for before in range(5, 33)
    )


def test_few_lines_part_a_person_of_a_list() -> None:
    people = ["鲜章平", "母志芳", "仉军", "亓官雪", "洛桑旦增", "瓦扎尔布", "敬大力", "卿子云"]
    torn = 0
    for before in range(5, 33):
        parted = _lines(f"{SENTENCE[-before:]}的{'、'.join(people)}等同志{SENTENCE}。")
        torn += sum(person not in parted for person in people)
    assert torn <= 11  # of 224; without its cost 20


def test_what_numbers_a_clause_seldom_ends_a_line() -> None:
    numbers = ["2.", "（4）", "②", "二是", "三、", "十一要"]
    assert sum(_torn(number + SENTENCE, number + "|") for number in numbers) <= 2  # without cost 9


def test_few_lines_part_the_source_behind_the_last_sentence() -> None:
    sources = ["（市水利局）", "（市市场监督管理局）", "（市人力资源和社会保障局）"]
    torn = sum(
        source not in _lines(f"{SENTENCE}，{SENTENCE[-before:]}。{source}")
        for source in sources
        for before in range(5, 33)
    )
    assert torn <= 14  # of 84, and no line is loose for it; without its cost 21
