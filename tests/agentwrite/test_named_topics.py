import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.named_topics import named_topics


@pytest.mark.parametrize(
    ("instruction", "topics"),
    [
        ("Write an article about tides, covering their causes, the moon and fishing.", ["causes", "moon", "fishing"]),
        (
            "Write a 2,000-word report on solar power including costs, storage, and grid connection.",
            ["costs", "storage", "grid connection"],
        ),
        (
            "Write an essay on bees. It should discuss pollination, honey production and threats to hives.",
            ["pollination", "honey production", "threats to hives"],
        ),
        ("Write a guide to Rome with sections on food, churches, and transport.", ["food", "churches", "transport"]),
        ("Write a report on trains with a chapter on safety and a chapter on tickets.", ["safety", "tickets"]),
        ("Discuss the causes and effects of the First World War.", ["causes", "effects of the First World War"]),
        ("Write a plan. It needs to cover market, team, as well as risks.", ["market", "team", "risks"]),
        ("The paper should cover: 1. soil; 2. water; 3. climate.", ["soil", "water", "climate"]),
        ("Write a guide on tea, covering 1) history, 2) kinds and 3) ceremony.", ["history", "kinds", "ceremony"]),
        ("Write on glass, covering mirrors, honor, and the price of sand.", ["mirrors", "honor", "price of sand"]),
        ("Please compare cats and dogs.", ["cats", "dogs"]),
        ("Write on dogs. Cover food, training, and grooming, and keep it short.", ["food", "training", "grooming"]),
    ],
)  # fmt: skip  # One instruction a line.
def test_lists_in_english_sentences_are_found(instruction: str, topics: list[str]) -> None:
    assert list(named_topics(instruction)) == topics


@pytest.mark.parametrize(
    ("instruction", "topics"),
    [
        ("写一篇关于茶的文章，内容包括历史、种类、冲泡方法和茶文化。", ["历史", "种类", "冲泡方法", "茶文化"]),
        ("请从经济、社会、环境三个方面分析城市化的影响。", ["经济", "社会", "环境"]),
        ("写一篇关于杭州的文章，重点介绍西湖、灵隐寺和龙井茶。", ["西湖", "灵隐寺", "龙井茶"]),
        ("请写论文，围绕人工智能的起源、发展与未来展开论述。", ["人工智能的起源", "发展", "未来"]),
        ("写一篇水的科普文章，涵盖水的循环、水污染及其防治、节约用水。", ["水的循环", "水污染及其防治", "节约用水"]),
        ("请写一份旅游攻略，包括交通、住宿、美食等内容，字数2000。", ["交通", "住宿", "美食"]),
        ("写一份报告，选三家店，分别是甲：面馆；乙：茶楼；丙：书店。", ["甲：面馆", "乙：茶楼", "丙：书店"]),
        ("写调查报告，从作息，饮食和健康的关系，运动时间等方面展开。", ["作息", "饮食和健康的关系", "运动时间"]),
    ],
)
def test_lists_in_chinese_sentences_are_found(instruction: str, topics: list[str]) -> None:
    assert list(named_topics(instruction)) == topics


@pytest.mark.parametrize(
    ("instruction", "topics"),
    [
        (
            "Write on Norway. Topics:\n- fishing\n- oil and gas\n  - prices\n- the royal family\n\nKeep it short.",
            ["fishing", "oil and gas", "royal family"],
        ),
        (
            "Write about tea with this outline:\n\n1. **History**: its home\n2. **Kinds**: green, black\n3) Ceremony",
            ["History", "Kinds", "Ceremony"],
        ),
        (
            "Write a toast to the following points:\n\nThanks to the hosts: they cook\nThe old school: our years",
            ["Thanks to the hosts", "old school"],
        ),
        ("请写一篇报告，要点：\n一、市场现状\n二、竞争对手\n三、未来趋势", ["市场现状", "竞争对手", "未来趋势"]),
        (
            "写一份教案，应包括以下要素：\n1. 明确的教学目标；\n2. 详细的教学步骤，如准备、练习等；\n3. 作业要点。",
            ["教学目标", "教学步骤", "作业要点"],
        ),
        ("Write on tides. What causes them? Why do they differ? Who depends on them?",
         ["What causes them", "Why do they differ", "Who depends on them"]),
        ("写一篇科普文章，需要回答以下问题：1. 什么是黑洞？2. 黑洞怎样形成？", ["什么是黑洞", "黑洞怎样形成"]),
    ],
)  # fmt: skip  # The lines of a list stay together.
def test_lists_of_lines_and_questions_are_found(instruction: str, topics: list[str]) -> None:
    assert list(named_topics(instruction)) == topics


@pytest.mark.parametrize(
    "instruction",
    [
        "Write 3,000 words on Paris, London and Rome.",
        "Write an essay about the advantages and disadvantages of remote work.",
        "Write a story about a dragon, including a wizard, a knight and a princess.",
        "Our company sells shoes, including boots, sandals and slippers. Write a letter to our customers.",
        "I live in a city including many parks, lakes and rivers. Describe it.",
        "Explain how glass is made.",
        "Can you write an essay on tides? Thank you!",
        "Write an article on cheese in a friendly tone, using simple words, examples and humour.",
        "Write a blog post about travel. Include an introduction, a body and a conclusion.",
        "Write a blog post about travel. Include practical tips, personal anecdotes and pictures.",
        "Do not include prices, names or dates.",
        "Write about whales, but avoid discussing whaling and aquariums.",
        "Write about apples. The essay must not include pears and plums.",
        "She must explain her absence, her debts and her lies. Write this scene.",
        "Write a report on Norway.\nRequirements:\n- friendly tone\n- about 500 words\n- use examples",
        "Write an article:\nTopic: Norway\nAudience: students\nLength: 500 words",
        'Answer this letter: "What shall I do with my life? Where shall I go? I have tried painting, cooking and law."',
        "写一篇文章，从多个角度分析问题。",
        "请写一份报告，不要包括价格和人名。",
        "写一篇文章，要求语言流畅、结构清晰、感情真挚。",
        "要求：1. 语言流畅；2. 不少于800字；3. 有真情实感。写一篇作文。",
        "请写评论：\n新闻事件：某地修桥\n内容要求：客观\n字数：3000字",
        "",
    ],
)
def test_what_is_not_plainly_a_topic_is_none(instruction: str) -> None:
    assert named_topics(instruction) == ()


_WORDS = st.lists(
    st.sampled_from("harbour tides granite lantern orchards".split()), min_size=2, max_size=5, unique=True
)


@given(_WORDS, st.sampled_from(["covering {}.", "including {}.", "with sections on {}."]))
def test_every_item_of_a_list_is_a_topic(items: list[str], cue: str) -> None:
    listed = f"{', '.join(items[:-1])} and {items[-1]}"
    assert list(named_topics(f"Write an article about the coast, {cue.format(listed)}")) == items


@given(st.text(max_size=400))
def test_any_text_is_read_and_no_topic_is_blank(instruction: str) -> None:
    assert all(topic.strip() and "\n" not in topic for topic in named_topics(instruction))


_PIECES = st.lists(
    st.sampled_from(
        ["Write an article", " covering ", ", ", " and ", ":", "：", "\n", "- ", "1. ", "2) ", "包括", "、", "和",
         "写文章", "从", "等方面",
         "tides", "the moon", "潮汐", "？", "?", "What is it", "。", ". ", '"', "“", ";", "；"]
    ),
    max_size=40,
).map("".join)  # fmt: skip  # Signs and words of the same kind together.


@given(_PIECES)
def test_topics_are_short_single_lines(instruction: str) -> None:
    for topic in named_topics(instruction):
        assert topic == topic.strip()
        assert 0 < len(topic) <= 400
        assert "\n" not in topic
