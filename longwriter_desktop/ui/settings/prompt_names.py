"""What the prompts are called, and what each is for."""

from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP

NAMES = (
    ("plan.request", QT_TRANSLATE_NOOP("PromptsPage", "Plan: asking for it")),
    ("plan.free", QT_TRANSLATE_NOOP("PromptsPage", "Plan: asking a large model")),
    ("plan.chapter", QT_TRANSLATE_NOOP("PromptsPage", "Plan: of one chapter")),
    ("title.request", QT_TRANSLATE_NOOP("PromptsPage", "Title")),
    ("write.continuous.prompt", QT_TRANSLATE_NOOP("PromptsPage", "Write: instruction and plan")),
    ("write.continuous.heading", QT_TRANSLATE_NOOP("PromptsPage", "Write: line above a section")),
    ("write.continuous.more", QT_TRANSLATE_NOOP("PromptsPage", "Write: line where a section goes on")),
    ("write.continuous.direction", QT_TRANSLATE_NOOP("PromptsPage", "Write: your direction")),
    ("write.guided.prompt", QT_TRANSLATE_NOOP("PromptsPage", "Write: beginning, for the smallest models")),
    ("write.conversation.prompt", QT_TRANSLATE_NOOP("PromptsPage", "Conversation: instruction and plan")),
    ("write.conversation.step", QT_TRANSLATE_NOOP("PromptsPage", "Conversation: next section")),
    ("write.conversation.more", QT_TRANSLATE_NOOP("PromptsPage", "Conversation: going on")),
    ("write.paper.prompt", QT_TRANSLATE_NOOP("PromptsPage", "As in the paper: instruction, plan and text")),
    ("write.paper.step", QT_TRANSLATE_NOOP("PromptsPage", "As in the paper: next section")),
    ("write.paper.more", QT_TRANSLATE_NOOP("PromptsPage", "As in the paper: going on")),
    ("write.common.direction", QT_TRANSLATE_NOOP("PromptsPage", "In all: your direction")),
    ("write.common.changed_plan", QT_TRANSLATE_NOOP("PromptsPage", "In all: a changed plan")),
    ("write.common.omitted", QT_TRANSLATE_NOOP("PromptsPage", "In all: text left out for length")),
    ("write.common.summaries", QT_TRANSLATE_NOOP("PromptsPage", "In all: summaries of what is left out")),
    ("write.common.nothing_yet", QT_TRANSLATE_NOOP("PromptsPage", "In all: no text yet")),
    ("summary.request", QT_TRANSLATE_NOOP("PromptsPage", "Summary of a section")),
    ("rewrite.prompt", QT_TRANSLATE_NOOP("PromptsPage", "Rewrite: the passage and its surroundings")),
    ("rewrite.shorten", QT_TRANSLATE_NOOP("PromptsPage", "Rewrite: shorten")),
    ("rewrite.expand", QT_TRANSLATE_NOOP("PromptsPage", "Rewrite: expand")),
    ("rewrite.rephrase", QT_TRANSLATE_NOOP("PromptsPage", "Rewrite: say it differently")),
    ("rewrite.tone", QT_TRANSLATE_NOOP("PromptsPage", "Rewrite: another tone")),
    ("rewrite.own", QT_TRANSLATE_NOOP("PromptsPage", "Rewrite: as you ask")),
    ("rewrite.nothing", QT_TRANSLATE_NOOP("PromptsPage", "Rewrite: nothing stands there")),
)
PURPOSES = {
    "plan.request": QT_TRANSLATE_NOOP("PromptsPage", "Asks for the plan, line by line. Small and medium models."),
    "plan.free": QT_TRANSLATE_NOOP(
        "PromptsPage", "Asks for the whole plan at once, in a form of the paper's. Large models."
    ),
    "plan.chapter": QT_TRANSLATE_NOOP(
        "PromptsPage", "Asks for the sections of one chapter of a long document, with the other chapters in view."
    ),
    "title.request": QT_TRANSLATE_NOOP("PromptsPage", "Asks for the document's title, when the plan is made."),
    "write.continuous.prompt": QT_TRANSLATE_NOOP(
        "PromptsPage", "Begins the writing: what is wanted, and the plan. Most models."
    ),
    "write.continuous.heading": QT_TRANSLATE_NOOP(
        "PromptsPage", "The line above the section that the model is to write."
    ),
    "write.continuous.more": QT_TRANSLATE_NOOP(
        "PromptsPage", "The line above a section that ended too early and is to be longer."
    ),
    "write.continuous.direction": QT_TRANSLATE_NOOP("PromptsPage", "Puts your direction for a section above its text."),
    "write.guided.prompt": QT_TRANSLATE_NOOP(
        "PromptsPage", "Begins the writing for the smallest models, which are shown an example first."
    ),
    "write.conversation.prompt": QT_TRANSLATE_NOOP(
        "PromptsPage", "Begins the writing in a conversation, in which each section is one answer."
    ),
    "write.conversation.step": QT_TRANSLATE_NOOP("PromptsPage", "Asks for the next section."),
    "write.conversation.more": QT_TRANSLATE_NOOP("PromptsPage", "Asks for more of a section that ended too early."),
    "write.paper.prompt": QT_TRANSLATE_NOOP(
        "PromptsPage", "One question for each section, with all the text so far, as in the paper on LongWriter."
    ),
    "write.paper.step": QT_TRANSLATE_NOOP("PromptsPage", "Asks for the next section."),
    "write.paper.more": QT_TRANSLATE_NOOP("PromptsPage", "Asks for more of a section that ended too early."),
    "write.common.direction": QT_TRANSLATE_NOOP(
        "PromptsPage", "How the model is told your direction for a section, in the two ways above."
    ),
    "write.common.changed_plan": QT_TRANSLATE_NOOP("PromptsPage", "Tells the model that the plan has changed."),
    "write.common.omitted": QT_TRANSLATE_NOOP(
        "PromptsPage", "Takes the place of text that is too long for the model to read."
    ),
    "write.common.summaries": QT_TRANSLATE_NOOP(
        "PromptsPage", "Used instead where the sections left out have summaries."
    ),
    "write.common.nothing_yet": QT_TRANSLATE_NOOP("PromptsPage", "Takes the place of the text while there is none."),
    "summary.request": QT_TRANSLATE_NOOP(
        "PromptsPage", "Asks for the summary of a section, for when the text grows too long to be read."
    ),
    "rewrite.prompt": QT_TRANSLATE_NOOP("PromptsPage", "Shows a passage that you have marked, and the text around it."),
    "rewrite.shorten": QT_TRANSLATE_NOOP("PromptsPage", "What is asked for by Rewrite selection > Shorten."),
    "rewrite.expand": QT_TRANSLATE_NOOP("PromptsPage", "What is asked for by Rewrite selection > Expand."),
    "rewrite.rephrase": QT_TRANSLATE_NOOP(
        "PromptsPage", "What is asked for by Rewrite selection > Say it differently."
    ),
    "rewrite.tone": QT_TRANSLATE_NOOP("PromptsPage", "What is asked for by Rewrite selection > Another tone."),
    "rewrite.own": QT_TRANSLATE_NOOP("PromptsPage", "What is asked for in your own words."),
    "rewrite.nothing": QT_TRANSLATE_NOOP(
        "PromptsPage", "Takes the place of the text before or after the passage where there is none."
    ),
}
