"""Lines that are broken by their sense: headlines, lists and cells, and where they stand.

GB/T 9704-2012 §7.3.1: 回行时, 要做到词意完整, 排列对称, 长短适宜.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import inf
from pathlib import Path

import pytest

from hongtou.bulletin.errors import SetupError
from hongtou.compose.cells import TypeRun
from hongtou.compose.lines import SetLine
from hongtou.compose.sense import Boundary, boundaries, torn_words
from hongtou.compose.words.segmentation import segment
from hongtou.compose.words.word_list import HERE, WordList, cost_of, letter_of, word_list
from scripts.words import STANDARD, jieba_words, lines
from tests.support.shop import ROOT, compositor

EM, HEADLINE, MEASURE = 16.0, 22.0, 442.2
HEADLINES = (ROOT / "benchmarks" / "typography" / "headlines.txt").read_text("utf-8").split()


def broken(headline: str) -> list[str]:
    return [line.text for line in compositor().balanced(headline, "title", HEADLINE, MEASURE)]


def turned(text: str, characters: float, *, keeps_items: bool = False) -> list[str]:
    run = TypeRun(text, "body")
    set_lines = compositor().ragged([run], EM, characters * EM, keeps_items=keeps_items)
    return [line.text for line in set_lines]


class TestTheList:
    def test_holds_words_and_how_rare_they_are(self) -> None:
        costs = dict(word_list().words_at("中国人民银行", 0))
        assert costs.keys() == {1, 2, 6}  # 中, 中国, 中国人民银行
        assert costs[1] < costs[2] < costs[6]

    def test_knows_parts_of_speech(self) -> None:
        words = ("扎实", "推进", "积极", "会议", "某某某", "𠮷")
        assert [word_list().speech(word) for word in words] == ["a", "v", "d", "", "", ""]

    @pytest.mark.parametrize("cost", [5.0, 9.25, 17.75])
    def test_a_letter_stands_for_a_cost(self, cost: float) -> None:
        assert cost_of(letter_of(cost)) == cost

    def test_is_written_from_lines_of_word_count_and_tag(self) -> None:
        found = jieba_words("推进 60 v\n推 40 v\nAA制 3 n\n推進 5 v\n")
        standard = frozenset(STANDARD.read_text("utf-8"))
        assert list(lines(found, standard)) == ["推 =Av 进=Av"]

    def test_every_line_begins_with_another_character(self) -> None:
        firsts = [line[0] for line in (HERE / "words.txt").read_text("utf-8").splitlines()]
        assert len(set(firsts)) == len(firsts) > 5000

    @pytest.mark.slow
    def test_every_line_is_found_by_its_first_character(self) -> None:
        for line in (HERE / "words.txt").read_text(encoding="utf-8").splitlines():
            first, *rests = line.split()
            word = first + rests[-1].partition("=")[0]
            assert len(word) in [end for end, _ in word_list().words_at(word, 0)]

    def test_a_character_that_begins_no_word_is_none(self) -> None:
        for char in ("\u3400", "\u9fff", "a", "𠀀"):
            assert list(word_list().words_at(char * 3, 0)) == []

    def test_the_words_of_a_line_are_in_order(self) -> None:
        for line in (HERE / "words.txt").read_text("utf-8").splitlines():
            words = line.split()[1:]
            assert words == sorted(words), line[:20]

    def test_official_names_are_told_once(self) -> None:
        names = (HERE / "official_names.txt").read_text("utf-8").split()
        assert len(set(names)) == len(names)

    def test_added_words_are_told_once_and_are_new_to_the_list(self) -> None:
        rows = (HERE / "added_words.txt").read_text("utf-8").splitlines()
        words = [row.split()[0] for row in rows]
        assert len(set(words)) == len(words)
        listed = WordList((HERE / "words.txt").read_bytes(), "", "")
        for row in rows:
            word, _, speech = row.partition(" ")
            known = len(word) in [end for end, _ in listed.words_at(word, 0)]
            assert not known or listed.speech(word) != speech
            assert len(word) in [end for end, _ in word_list().words_at(word, 0)]
            assert word_list().speech(word) == speech

    def test_a_listed_word_whose_part_of_speech_is_added_stays_as_common_as_it_is(self) -> None:
        found = WordList("助产=A 力=C 人=B\n".encode(), "助力 d", "")
        assert [cost for _, cost in found.words_at("助力", 0)] == [cost_of("C")]
        assert found.speech("助力") == "d"

    def test_the_words_that_an_added_one_joins_stay_in_order(self) -> None:
        found = WordList("助人=A 产=B 力=Cv\n".encode(), "助力 v\n助农", "")
        assert [end for end, _ in found.words_at("助产", 0)] == [2]
        assert [end for end, _ in found.words_at("助农", 0)] == [2]
        assert found.speech("助力") == "v"
        assert len(list(found.words_at("助力", 0))) == 1

    def test_is_not_read_for_headlines_of_one_line(self) -> None:
        word_list.cache_clear()
        assert len(broken("全市工作有序推进")) == 1
        assert turned("市文明办", 20) == ["市文明办"]
        assert word_list.cache_info().misses == 0
        broken(HEADLINES[0])
        assert word_list.cache_info().misses == 1

    def test_a_file_that_is_missing_is_told_with_a_remedy(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("hongtou.compose.words.word_list.HERE", tmp_path)
        word_list.cache_clear()
        with pytest.raises(SetupError, match=r"词表 words\.txt 读不了") as told:
            word_list()
        assert "repair" in told.value.hint


class TestSegmentation:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("矛盾纠纷预防化解", ["矛盾", "纠纷", "预防", "化解"]),
            ("同比增长8.5%以上", ["同比", "增长", "8.5%", "以上"]),
            ("“两会”", ["“", "两会", "”"]),
            ("", []),
        ],
    )
    def test_a_text_is_divided_into_its_likeliest_words(self, text: str, words: list[str]) -> None:
        assert list(segment(text)) == words

    @pytest.mark.parametrize("text", HEADLINES[:10])
    def test_nothing_is_lost(self, text: str) -> None:
        assert "".join(segment(text)) == text


class TestBoundaries:
    @pytest.mark.parametrize(
        ("before", "after", "boundary"),
        [
            ("保卫战", "——某某市", Boundary.STOP),
            ("保卫战——", "某某市", Boundary.PHRASE),
            ("——", "某某市的做法", Boundary.NAME),
            ("北莱茵", "—威斯特法伦州", Boundary.NAME),
            ("北莱茵—", "威斯特法伦州", Boundary.NAME),
            ("第九", "批模范集体", Boundary.NAME),
            ("安科发", "〔2025〕28号", Boundary.BOUND),
            ("安科发〔2025〕", "28号", Boundary.NAME),
            ("市体育", "中心2号场", Boundary.BOUND),
            ("明确：", "（一）由市局牵头", Boundary.COLON),
            ("鲍曼不", "动杆菌", Boundary.NAME),
            ("洛杉矶分校", "（UCLA）教授", Boundary.BOUND),
            ("总投资", "（万元）", Boundary.PHRASE),
            ("建设……", "成效", Boundary.STOP),
            ("市城管局：", "联系人", Boundary.COLON),
            ("座谈会", "“三农”", Boundary.PHRASE),
            ("各县（区）", "党委", Boundary.BOUND),
            ("推进“散乱污”", "企业", Boundary.BOUND),
            ("巩固成果（含易地扶贫搬迁后续扶持）", "项目申报表", Boundary.WORDS),
            ("石桥县公安局民警与县", "人民检察院检察官", Boundary.NAME),
            ("应急局、长", "陵县人民政府", Boundary.NAME),
            ("该县", "人民检察院", Boundary.WORDS),
            ("乡村", "振兴任务", Boundary.NAME),
            ("元旦春节", "期间", Boundary.BOUND),
            ("经贸", "代表团", Boundary.BOUND),
            ("主任李明", "在全市会议上的讲话", Boundary.PHRASE),
            ("打好“组合拳”", "推进", Boundary.PHRASE),
            ("加快", "推进", Boundary.BOUND),
            ("保障", "切实", Boundary.PHRASE),
            ("改善环境", "暨", Boundary.PHRASE),
            ("暨", "乡村", Boundary.BOUND),
            ("党的", "二十届四中全会", Boundary.NAME),
            ("第六次", "会议", Boundary.NAME),
            ("签约IBM ", "WebSphere", Boundary.BOUND),
            ("聚焦主业 ", "强化担当", Boundary.STOP),
            ("二〇二", "五年", Boundary.NAME),
            ("2026年", "第三季度", Boundary.NAME),
            ("《实施办法》", "的", Boundary.BOUND),
            ("市气象局", "联合", Boundary.PHRASE),
            ("科学", "发展观", Boundary.NAME),
            ("老干部", "合唱团", Boundary.WORDS),
            ("扎实", "推进", Boundary.BOUND),
            ("情况", "的", Boundary.BOUND),
            ("12", "名", Boundary.BOUND),
            ("工作", "专班", Boundary.NAME),
            ("李", "慕白", Boundary.NAME),
            ("李\u3000", "明", Boundary.NAME),
            ("措", "施", Boundary.WORD),
        ],
    )
    def test_neighbours_are_more_or_less_close(
        self, before: str, after: str, boundary: Boundary
    ) -> None:
        assert boundaries(before + after)[len(before)] is boundary

    def test_a_space_between_names_parts_them(self) -> None:
        found = boundaries("杨\u3000明\u3000王建国")
        assert (found[2], found[4]) == (Boundary.NAME, Boundary.STOP)


# Headlines that a proof-reader found torn, and the words that were.
TORN = [
    ("市人力资源社会保障局多措并举促进高质量充分就业", ["多措并举", "人力资源", "社会保障"]),
    ("石桥县推动矛盾纠纷预防化解法治化取得新成效", ["预防", "化解", "法治化"]),
    ("安澜市人民政府关于2025年度法治政府建设情况的报告", ["2025年度", "法治政府建设"]),
    ("甲公司诉乙公司、第三人丙银行股份有限公司北京分行债权人代位权纠纷案", ["股份有限公司"]),
    ("全市1—10月规模以上工业增加值同比增长8.5%", ["规模以上", "工业增加值", "8.5%"]),
    ("云溪区人力资源和社会保障局持续优化公共就业服务", ["人力资源和社会保障局"]),
    ("市第十二届人民代表大会常务委员会第二十八次会议召开", ["常务委员会", "第二十八次"]),
    (
        "全市学习贯彻习近平新时代中国特色社会主义思想主题教育工作会议召开",
        ["习近平新时代中国特色社会主义思想", "主题教育"],
    ),
]

FEWEST = [
    ("人民银行某某市分行引导金融机构", "加大普惠小微信贷投放力度"),
    ("交通运输综合行政执法支队", "严厉打击非法营运车辆超限超载行为"),  # the name of a body
    ("市住房城乡建设局：", "老旧小区改造按下“快进键”"),
    ("某某县：第60条经验做法", "“三个一批”推动工作落实见成效"),
]

# Each line ends where a clause does, or keeps bodies and persons whole.
CLAUSES = [
    ("市农业农村局：", "刀刃向内抓整改　真刀真枪促落实"),
    ("扎西多吉代表：", "建议把“三江源”保护经验写进条例"),
    ("周正华到青坪县调研时强调：", "因地制宜发展特色产业　", "扎实推进乡村全面振兴"),
    ("国家税务总局江州市税务局、", "中国人民银行江州市分行、", "国家金融监督管理总局江州监管分局：", "“银税互动”助企纾困"),
    ("市疾控中心、市第一人民医院、", "市第三人民医院成功处置", "一起聚集性诺如病毒疫情"),
    (
        "省委常委、市委书记周正华", "在全市领导干部会议上强调",
        "以学习贯彻党的二十届四中全会精神", "为主线推动各项工作再上新台阶",
    ),
    ("关于2026年元旦、春节期间", "有关工作安排的紧急通知"),
    ("市卫生健康委党组书记、主任李明", "在全市卫生健康工作会议上的讲话（摘要）"),
    ("市人大常委会副主任陈丽萍", "率执法检查组检查法律贯彻实施情况"),
    ("西班牙巴塞罗那市副市长", "海梅·科尔沃尼来访并签署合作备忘录"),
    ("关于第1号至第35号建议、提案", "办理情况的报告（书面）"),
    ("市人大常委会组织部分省、市人大代表", "开展“百日攻坚”专项视察活动"),
    ("中国人民政治协商会议临江市委员会", "2026年大事记（1—6月）"),
    ("我市全面推行河湖长制林长制", "工作经验在全省推广"),
    ("关于全市2026年上半年电信网络诈骗犯罪", "打击治理工作情况的通报"),
    ("临江市2026年国民经济和社会发展计划", "执行情况的报告（摘要）"),
    ("李文斌主持召开市政府", "第98次常务会议研究部署安全生产、", "生态环境保护、稳岗就业等工作"),
]  # fmt: skip


class TestHeadlines:
    @pytest.mark.parametrize("lines", CLAUSES)
    def test_lines_end_where_clauses_do(self, lines: Sequence[str]) -> None:
        assert broken("".join(lines)) == [line.rstrip() for line in lines]

    @pytest.mark.parametrize(("headline", "words"), TORN)
    def test_words_and_names_stay_whole(self, headline: str, words: Sequence[str]) -> None:
        for word in words:
            assert any(word in line for line in broken(headline)), word

    @pytest.mark.parametrize("headline", HEADLINES)
    def test_no_line_ends_inside_a_word(self, headline: str) -> None:
        found = broken(headline)
        assert "".join(found) == headline
        assert list(torn_words(headline, found)) == []

    def test_lines_are_of_like_length(self) -> None:
        apart = [max(map(len, found)) - min(map(len, found)) for found in map(broken, HEADLINES)]
        assert sum(apart) / len(apart) <= 2

    @pytest.mark.parametrize("before", ["关于", "关于认真", "关于深入学习", "市教育局关于全面"])
    def test_the_number_of_a_document_stays_with_who_sent_it(self, before: str) -> None:
        lines = broken(f"{before}贯彻落实安政办发〔2026〕28号文件精神有关工作的情况通报")
        assert not [line for line in lines if line.startswith("〔")], lines

    def test_a_line_more_is_taken_rather_than_a_torn_word(self) -> None:
        found = broken("深入学习贯彻习近平新时代中国特色社会主义思想和党的二十大精神")
        assert "习近平新时代中国特色社会主义思想" in "｜".join(found)

    @pytest.mark.parametrize("lines", FEWEST)
    def test_no_line_more_is_taken_to_bring_lines_near_in_length(
        self, lines: Sequence[str]
    ) -> None:
        assert broken("".join(lines)) == list(lines)

    def test_a_word_longer_than_a_line_is_torn_and_told(self) -> None:
        found = broken("乙" * 24)
        assert list(torn_words("乙" * 24, found)) == [("乙乙乙乙", "乙乙乙乙")]

    def test_a_wished_break_is_not_told(self) -> None:
        assert list(torn_words("某某市扎实推\n进整治", ["某某市扎实推", "进整治"])) == []

    def test_a_break_at_a_dash_is_not_told(self) -> None:
        headline = "打好蓝天、碧水、净土保卫战——某某市生态环境局2026年工作综述"
        found = broken(headline)
        assert found[1].startswith("——")
        assert list(torn_words(headline, found)) == []


BODIES = "市人大常委会办公室，市人民政府办公室，市政协办公室，市中级人民法院，市人民检察院"


class TestRaggedLists:
    def test_a_list_turns_behind_its_marks(self) -> None:
        found = turned(BODIES, 22, keeps_items=True)
        assert "".join(found) == BODIES
        assert all(line.endswith("，") for line in found[:-1])

    def test_a_list_takes_a_line_more_rather_than_part_a_body(self) -> None:
        text = "各县（自治县、区）人民政府办公室，市发展和改革委员会，市住房和城乡建设局"
        kept, filled = (turned(text, 20, keeps_items=keeps) for keeps in (True, False))
        assert all(line.endswith(("，", "、")) for line in kept[:-1])
        assert len(filled) <= len(kept)

    def test_a_comma_between_persons_parts_more_than_one_between_their_duties(self) -> None:
        text = "市委书记、市长，市委常委、宣传部部长，市委常委、政法委书记"
        assert turned(text, 26, keeps_items=True) == [text[:19], text[19:]]

    def test_two_characters_do_not_end_what_may_part_elsewhere(self) -> None:
        text = "各县信访工作情况及排名"
        assert turned(text, 9)[-1] != "排名"
        assert turned("赵刚、钱明、孙亮、李宁", 9, keeps_items=True)[-1] == "李宁"

    def test_a_span_of_hours_turns_over_behind_its_dash(self) -> None:
        assert turned("10日8时—11日8时", 7) == ["10日8时—", "11日8时"]

    @pytest.mark.parametrize("characters", range(19, 28))
    def test_members_of_one_character_in_quotation_marks_stay_together(
        self, characters: int
    ) -> None:
        found = turned("市农业农村局：高标准农田建设“投、融、建、管、运”一体推进", characters)
        assert any("“投、融、建、管、运”" in line for line in found), found

    def test_a_cell_takes_the_fewest_lines(self) -> None:
        text = "完成前期工作，开工建设并形成实物工作量"
        assert len(turned(text, 7)) == 3

    @pytest.mark.parametrize("characters", [6, 7, 8, 9, 10, 11, 12])
    def test_no_word_is_torn_and_no_character_left_alone(self, characters: int) -> None:
        text = "加快推进社会保障体系建设，统筹解决人力资源问题，持续优化营商环境。"
        found = turned(text, characters)
        assert list(torn_words(text, found)) == []
        assert all(len(re.sub(r"\W", "", line)) > 1 for line in found)

    @pytest.mark.parametrize("characters", range(12, 29))
    def test_a_phrase_in_quotation_marks_stays_whole(self, characters: int) -> None:
        found = turned("市消防救援支队“三个一批”破解老旧小区“生命通道”梗阻难题", characters)
        for phrase in ("“三个一批”", "“生命通道”"):
            assert any(phrase in line for line in found), found

    @pytest.mark.parametrize("name", ["“应急使命·2026”", "“锦绣·澜岸”"])
    def test_a_name_in_quotation_marks_is_not_parted_behind_its_point(self, name: str) -> None:
        for characters in range(12, 29):
            found = turned(f"清江支队圆满完成{name}高层建筑灭火救援实战演练", characters)
            assert not any(line.endswith("·") for line in found), found

    @pytest.mark.parametrize("space", ["\u3000", "  "])
    def test_a_persons_name_stays_whole(self, space: str) -> None:
        text = space.join("杨明王龙陈炜") + f"{space}司马清"
        for characters in range(4, 12):
            for line in turned(text, characters, keeps_items=True):
                assert re.fullmatch(rf"(?:[杨王陈]{space}[明龙炜](?:{space})?|司马清)+", line), line

    @pytest.mark.parametrize("characters", range(11, 30))
    def test_a_persons_name_with_a_dot_stays_whole(self, characters: int) -> None:
        name = "热依扎·阿不都热合曼"
        text = f"王\u3000伟\u3000{name}\u3000李\u3000娜\u3000{name}"
        lines = turned(text, characters, keeps_items=True)
        assert sum(line.count(name) for line in lines) == 2

    def test_a_label_goes_over_with_what_it_is_of(self) -> None:
        found = turned("电话：0856-5201234\u3000邮箱：xinxi@example.cn", 18, keeps_items=True)
        assert found[1].startswith("邮箱：")

    def test_a_body_with_a_bracket_in_its_name_stays_whole(self) -> None:
        found = turned("市委办公室，各县（区）人民政府办公室", 16, keeps_items=True)
        assert found == ["市委办公室，", "各县（区）人民政府办公室"]

    @pytest.mark.parametrize("characters", range(16, 29))
    def test_the_stop_in_a_bracket_parts_no_bodies(self, characters: int) -> None:
        text = "市人大常委会各工作（办事）机构，各县（市、区）人大常委会，出席会议的全体代表"
        assert any("（市、区）" in line for line in turned(text, characters, keeps_items=True))

    def test_nothing_is_stretched_or_squeezed(self) -> None:
        for line in compositor().ragged([TypeRun(BODIES, "body")], EM, 13 * EM):
            assert (line.stretch, line.squeeze) == (0, 0)

    def test_a_word_longer_than_a_line_is_parted(self) -> None:
        assert "".join(turned("https" * 10, 6)) == "https" * 10

    def test_the_widest_word_tells_the_narrowest_column(self) -> None:
        box = compositor().box("总投资（万元）责任领导", "body", EM, has_names=False)
        assert box.widest == pytest.approx(3 * EM)
        assert turned("责任领导", 2) == ["责任", "领导"]
        quoted = compositor().box("“三书一函”", "body", EM, has_names=False)
        assert quoted.widest == quoted.natural

    @pytest.mark.parametrize(
        "text", [BODIES, "新建雨水管网12.6千米，（二期）加装电梯", "古丽巴哈尔自治县", ""]
    )
    def test_a_cell_has_as_many_lines_as_were_counted_and_parts_no_word(self, text: str) -> None:
        box = compositor().box(text, "body", EM, has_names=True)
        for width in range(40):
            spans = box.spans(width * EM / 2)
            assert len(spans) == (box.count(width * EM / 2) if text else 0)
            if width * EM / 2 >= box.widest:
                assert all(box.cells.breaks[span.first] < inf for span in spans[1:])


def ink(line: SetLine) -> tuple[float, float]:
    """Return where a line's ink begins and ends; beside it Han have a blank that nobody sees."""
    (before, _), (_, behind) = (line.faces[at].blanks(line.glyphs[at]) for at in (0, -1))
    before, behind = (blank if blank > 300 else 40 for blank in (before, behind))
    return line.x + before * line.size / 1000, line.x + line.width - behind * line.size / 1000


class TestCentredLines:
    """A centred line stands in the middle by its ink, also where a mark begins or ends it."""

    @pytest.mark.parametrize(
        "text",
        [
            "“一网通办”",
            "（总第612期）",
            "《条例》解读",
            "解读《条例》",
            "某某市：",
            "某某市，",
            "第33期",
        ],
    )
    @pytest.mark.parametrize("how", ["ragged", "balanced", "spread"])
    def test_the_ink_stands_in_the_middle(self, text: str, how: str) -> None:
        setter = compositor()
        if how == "ragged":
            (line,) = setter.ragged([TypeRun(text, "title")], EM, MEASURE, align="centre")
        elif how == "balanced":
            (line,) = setter.balanced(text, "title", EM, MEASURE)
        else:
            line = setter.spread(text, "title", EM, MEASURE, 0.0)
        assert sum(ink(line)) / 2 == pytest.approx(MEASURE / 2)

    @pytest.mark.parametrize("headline", HEADLINES[:5])
    def test_each_line_of_a_headline_stands_in_the_middle(self, headline: str) -> None:
        for line in compositor().balanced(f"“一网通办”：{headline}", "title", 22, MEASURE):
            assert sum(ink(line)) / 2 == pytest.approx(MEASURE / 2)
