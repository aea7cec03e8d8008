"""Which lines of a body are headings: a level number opens plain text as often as a heading.

A heading is short, has few clauses, opens with no date, and its number has its place among those
of the article. What may be either is text, and a finding says so. Source: house style.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hongtou.bulletin.finding import Finding, Severity, Span, printable
from hongtou.bulletin.level_numbers import LevelNumber, is_enumeration, level_number, written
from hongtou.bulletin.patterns import Late

SENTENCE_END = Late(r"[。！？][”’」』）》]*")
OPEN_END = Late(r"[。！？；…，、][”’」』）》]*$")
CLAUSE = Late("[，；：,;:]")
# What only a report of something begins with or counts, e.g. 10月9日，… and 37家.
OPENING_TIME = Late(
    r"(?:[0-9]{2,4}年)?[0-9]{1,2}月[0-9]{1,2}日[^，,。]{0,6}[，,]"
    r"|(?:近日|日前|昨日|今日|目前|截至|据悉|今年以来|近年来)"
)
QUANTITY = Late("[0-9](?:[%％℃]|[万亿余多]*[家户人名次件吨元亩宗起例处辆棵株])")
# What minutes say of a meeting is a sentence: 一、会议听取了……的汇报。会议指出，……
OF_MEETING = Late("会议(?:传达|听取|审议|研究|讨论|强调|指出|要求|决定|同意|认为|明确|通报|学习)")
COUNTED_BEHIND = frozenset("。；！？”）")  # marks behind which a paragraph counts on: （二）
# A title that spaces part from the text of its paragraph, e.g. 一、总体情况　今年以来，……
SPACED_TITLE = Late("[ \u3000]{0,4}([^，。；：！？,;: \u3000]{2,15})[ \u3000]{1,4}(?=.{15})")

# One behind which a colon stands for the stop, e.g. 一、总体情况：今年以来，……
COLON_TITLE = Late("[ \u3000]{0,4}[\u3400-\u9fff]{2,10}：(?=.{10})")

# （一）将第五条修改为：“……。: a sentence quotes whole ones, which may end in a later paragraph.
QUOTING = Late("[^。！？：“”]{1,60}(?:修改为：“|：“(?:[^”]*$|[^”]*[。！？；]))")

# What an item of a list begins with: a title of a book, or a label with something behind it.
LISTED = Late(
    "[ \u3000]{0,4}(?:《[^《》]{1,60}》|“[^“”]{1,60}”(?:$|[，,、；（(])|[^，。；：:]{2,14}[：:].)"
)
FEWEST_LISTED = 2  # lines that follow one another

SHORT_CHARS = 28  # a line of the body: a wording of that length is a heading by itself
LONG_CHARS = 40  # one that is longer than this is none, whatever its number
MAX_CLAUSES = 2  # marks within it
MARKED_LEVELS = 2  # in a face of their own; lines of the lower ones look alike as either
LONE_CHARS = 60  # of a line for itself, whose number follows on that before it


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a line is set: its first ``length`` characters as a heading of ``level``, 0 for none.

    A ``doubtful`` line is text that could be a heading too; ``level`` is then that heading's.
    """

    level: int = 0
    length: int = 0
    doubtful: bool = False


TEXT = Judgement()


def judged(lines: Sequence[str]) -> list[Judgement]:
    """Return a judgement on each line of an article, which is told by those around it.

    "" stands for what is no line or begins with a lead-in; it is text.
    """
    numbers = [level_number(line) for line in lines]
    if not any(numbers):
        return [TEXT] * len(lines)
    follows = list(_followed(numbers, lines))
    found = [
        judge(line, number, has_place=has_place) if number else TEXT
        for line, number, has_place in zip(lines, numbers, follows, strict=True)
    ]
    alike = _as_listed(_as_most(found, lines, numbers), lines, numbers)
    return list(_compared(alike, lines, numbers, follows))


def _as_listed(
    found: Sequence[Judgement], lines: Sequence[str], numbers: Sequence[LevelNumber | None]
) -> list[Judgement]:
    """Return the judgements, with text where the items of a list stand below one another.

    一、《乡土中国》，费孝通著 above 二、《万历十五年》，黄仁宇著: neither has a text of its own.
    """
    alike = list(found)
    for group in _siblings(numbers):
        is_whole = group[-1] - group[0] == len(group) - 1
        if len(group) >= FEWEST_LISTED and is_whole and all(_is_listed(lines[at]) for at in group):
            for at in group:
                alike[at] = TEXT
    return alike


def _is_listed(line: str) -> bool:
    number = level_number(line)
    return number is not None and LISTED().match(line, len(number.text)) is not None


def _as_most(
    found: Sequence[Judgement], lines: Sequence[str], numbers: Sequence[LevelNumber | None]
) -> list[Judgement]:
    """Return the judgements, with a doubt where most of its neighbours of a level are sentences.

    Among 一、会议听取了……，三、会议强调，…… a paragraph 二、会议研究了……。 has none of its own.
    """
    alike = list(found)
    for group in _siblings(numbers):
        run_in = [at for at in group if 0 < found[at].length < len(lines[at])]
        sentences = [at for at in group if not found[at].length]
        if len(sentences) > len(run_in) and len(sentences) + len(run_in) == len(group):
            for at in run_in:
                alike[at] = Judgement(found[at].level, doubtful=True)
    return alike


def _siblings(numbers: Sequence[LevelNumber | None]) -> Iterator[list[int]]:
    """Yield the places of the numbers of a level that count on from one another."""
    groups: dict[int, list[int]] = {}
    for at, number in enumerate(numbers):
        if number is None:
            continue
        for level in [level for level in groups if level > number.level]:
            yield groups.pop(level)
        group = groups.setdefault(number.level, [])
        before = numbers[group[-1]] if group else None
        if before and number.value != before.value + 1:
            yield group
            groups[number.level] = group = []
        group.append(at)
    yield from groups.values()


def _compared(
    found: Sequence[Judgement],
    lines: Sequence[str],
    numbers: Sequence[LevelNumber | None],
    follows: Sequence[bool],
) -> Iterator[Judgement]:
    """Yield the judgements, with a doubt where a short sentence goes on from a heading.

    After 四、压实责任 and before 六、严格考核 a line 五、强化保障！ may be meant as they are, and
    after paragraphs that begin with a heading one that has nothing behind it.
    """
    before: dict[int, bool] = {}  # of each level: whether its last line has a heading
    for judgement, line, number, has_place in zip(found, lines, numbers, follows, strict=True):
        if number is None or is_enumeration(line, number):
            yield judgement
            continue
        is_short = judgement == TEXT and has_place and _is_one_short_sentence(line, number)
        is_meant = is_short and number.level <= MARKED_LEVELS and before.get(number.level, False)
        yield Judgement(number.level, doubtful=True) if is_meant else judgement
        before = {level: alone for level, alone in before.items() if level < number.level}
        before[number.level] = is_meant or judgement.length > 0


def _is_one_short_sentence(line: str, number: LevelNumber) -> bool:
    wording = line[len(number.text) :]
    return (
        len(wording) <= SHORT_CHARS
        and len(SENTENCE_END().findall(wording)) == 1
        and len(CLAUSE().findall(wording)) <= MAX_CLAUSES
        and not QUANTITY().search(wording)
        and not OF_MEETING().match(wording)
    )


def judge(line: str, number: LevelNumber, *, has_place: bool) -> Judgement:
    """Return the judgement on a line; ``has_place``: its number follows on those before it."""
    start = len(number.text)
    rest = line[start:]
    if not rest.strip():
        return TEXT
    end = _title_end(line, start)
    if _counts_on(line, number) or (end and OF_MEETING().match(rest)) or QUOTING().match(rest):
        return TEXT
    if not end and (SENTENCE_END().search(rest) or OPEN_END().search(rest)):
        return TEXT  # a sentence, or an item of a list
    wording = line[start : end or len(line)].rstrip("。！？”’」』）》")
    reads = _run_in if end else _free_standing
    if reads(number, wording, has_place):
        return Judgement(number.level, end or len(line))
    return Judgement(number.level, doubtful=True)


def _counts_on(line: str, number: LevelNumber) -> bool:
    """Tell whether the next number follows in the same paragraph, as in （一）甲。（二）乙。."""
    following = written(number.level, number.value + 1)
    at = line.find(following, len(number.text))
    return at > 0 and line[at - 1] in COUNTED_BEHIND


def doubt(line: str, level: int, where: str, place: str, span: Span) -> Finding:
    """Return what is to be said of a line that may be text or a heading of this level.

    ``span`` is where it stands in its string.

    Findings: heading/doubtful.
    """
    return Finding(
        code="heading/doubtful",
        severity=Severity.WARNING,
        pointer=where,
        message=f"{place}「{printable(line)}」可作正文，也可作第 {level} 层小标题，现按正文排",
        hint=(
            '如是正文，请排作正文（{"type": "paragraph", "text": …}），不再提示；'
            f'如是小标题，请排作标题（{{"type": "heading", "level": {level}, "text": …}}），'
            "正文另起一行"
        ),
        spans=(span,),
    )


def _followed(numbers: Sequence[LevelNumber | None], lines: Sequence[str]) -> Iterator[bool]:
    """Tell of each number whether it goes on from its neighbour of the same level.

    A first one has its place where a second one follows; what reads as an enumeration (二、三产业)
    is nobody's neighbour.
    """
    sure = [
        number if number and not is_enumeration(line, number) else None
        for number, line in zip(numbers, lines, strict=True)
    ]
    before = _neighbours(sure, range(len(sure)))
    after = _neighbours(sure, reversed(range(len(sure))))
    for at, number in enumerate(numbers):
        if number is None:
            yield False
        elif number.value == 1:
            yield after[at].get(number.level) == 2
        else:
            yield before[at].get(number.level) == number.value - 1


def _neighbours(
    numbers: Sequence[LevelNumber | None], order: range | Iterator[int]
) -> dict[int, dict[int, int]]:
    """Return for each place, going in this order, the last value of each level that was passed.

    A number ends the counting of all levels below its own.
    """
    passed: dict[int, dict[int, int]] = {}
    last: dict[int, int] = {}
    for at in order:
        passed[at] = last
        if number := numbers[at]:
            last = {level: value for level, value in last.items() if level < number.level}
            last[number.level] = number.value
    return passed


def _title_end(line: str, start: int) -> int:
    """Return where the heading ends that a paragraph begins with; 0 where no text follows it."""
    sentence = SENTENCE_END().search(line, start)
    told = COLON_TITLE().match(line, start) if sentence else None
    if told and not OF_MEETING().match(line, start):
        return told.end()
    spaced = SPACED_TITLE().match(line, start)
    if sentence and spaced and CLAUSE().search(line, spaced.end(), sentence.start()):
        return spaced.end(1)
    return sentence.end() if sentence and line[sentence.end() :].strip() else 0


def _run_in(number: LevelNumber, wording: str, has_place: bool) -> bool:
    clauses = len(CLAUSE().findall(wording))
    if is_enumeration(number.text + wording, number) or OPENING_TIME().match(wording):
        return False
    if len(wording) <= SHORT_CHARS and clauses <= MAX_CLAUSES and not QUANTITY().search(wording):
        return True
    return has_place and len(wording) <= LONG_CHARS and clauses <= MAX_CLAUSES


def _free_standing(number: LevelNumber, wording: str, has_place: bool) -> bool:
    clauses = len(CLAUSE().findall(wording.rstrip("：:；;")))
    if OPENING_TIME().match(wording) and clauses:
        return False
    if is_enumeration(number.text + wording, number):
        return has_place and len(wording) <= SHORT_CHARS
    return len(wording) <= (LONE_CHARS if has_place else LONG_CHARS) and clauses <= MAX_CLAUSES
