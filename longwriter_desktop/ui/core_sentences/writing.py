"""Sentences of agentwrite and its kind. Written by packaging/core_sentences.py."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

SENTENCES = (
    QT_TRANSLATE_NOOP("Core", "There can be from 2 to {0} alternatives. Nothing was changed."),
    QT_TRANSLATE_NOOP("Core", "The section is locked, so nothing was written. Unlock it, then try again."),
    QT_TRANSLATE_NOOP("Core", "needs {0} GB, {1} GB free"),
    QT_TRANSLATE_NOOP(
        "Core",
        "The sections are written at the same time, from the plan alone. They do not know each other: "
        "texts made so were 6 % less coherent in the paper's measurement.",
    ),
    QT_TRANSLATE_NOOP("Core", "The document has no plan yet. Make a plan first, then write."),
    QT_TRANSLATE_NOOP(
        "Core",
        "There are no words to look for. Name the passage by its exact words; nothing was changed.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "These words stand nowhere in the section. Copy them as they are, Markdown and all; nothing was changed.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "These words stand {0} times in the section. Take a few more, so that it is clear which are "
        "meant; nothing was changed.",
    ),
    QT_TRANSLATE_NOOP("Core", "There is no instruction. Say in a sentence what is to be written, then plan again."),
    QT_TRANSLATE_NOOP("Core", "There is no plan yet."),
    QT_TRANSLATE_NOOP("Core", " and more"),
    QT_TRANSLATE_NOOP("Core", "the numbers {0}"),
    QT_TRANSLATE_NOOP("Core", "The loaded plan has no line with {0}; its lines were numbered anew in their order."),
    QT_TRANSLATE_NOOP("Core", "Make its main point clearer, or leave it out where it has none"),
    QT_TRANSLATE_NOOP("Core", "Section {0} says too little to write from: “{1}”."),
    QT_TRANSLATE_NOOP("Core", "Section {0} has no main point yet."),
    QT_TRANSLATE_NOOP("Core", "The main point of section {0} has {1} {2}; a model follows a sentence or two."),
    QT_TRANSLATE_NOOP("Core", "Keep its first sentences, and make the rest the section's direction"),
    QT_TRANSLATE_NOOP("Core", "Section {0} ends in the middle of a sentence: “… {1}”."),
    QT_TRANSLATE_NOOP("Core", "Leave out what was cut off"),
    QT_TRANSLATE_NOOP("Core", "Leave out section {0}"),
    QT_TRANSLATE_NOOP("Core", "Sections {0} and {1} say nearly the same: “{2}”, “{3}”."),
    QT_TRANSLATE_NOOP("Core", "Add it as section {0}, with its share of the words"),
    QT_TRANSLATE_NOOP("Core", "Add it to section {0}"),
    QT_TRANSLATE_NOOP("Core", "The instruction names “{0}”, and no section takes it up."),
    QT_TRANSLATE_NOOP("Core", "Section {0} is to have {1} {2}; a section does best with {3} to {4}."),
    QT_TRANSLATE_NOOP("Core", "Divide long sections, and share the words out"),
    QT_TRANSLATE_NOOP("Core", "Share the words out"),
    QT_TRANSLATE_NOOP("Core", "The plan adds up to {0} {1}, {2} {3} than the {4} asked for."),
    QT_TRANSLATE_NOOP("Core", "Divide long sections, and scale the targets to {0}"),
    QT_TRANSLATE_NOOP("Core", "Scale the targets to {0}"),
    QT_TRANSLATE_NOOP(
        "Core",
        "Instruction and plan alone take about {0} of the {1} tokens of the model's context. Shorten the "
        "plan, or choose a model with a longer one.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "Plan and text come to about {0} tokens, and the model's context holds {1}: the later sections "
        "are written with summaries of the middle in view, not with its text.",
    ),
    QT_TRANSLATE_NOOP("Core", "The section is locked, so nothing was rewritten. Unlock it, then try again."),
    QT_TRANSLATE_NOOP("Core", "There are no words in the passage, so nothing was rewritten. Mark some text first."),
    QT_TRANSLATE_NOOP("Core", "The tone has no name: say tone:formal, for example. Nothing was changed."),
    QT_TRANSLATE_NOOP("Core", "Say how the passage is to be rewritten: shorten, for example. Nothing was changed."),
    QT_TRANSLATE_NOOP("Core", "only sections that stand next to each other can be joined"),
    QT_TRANSLATE_NOOP("Core", "{0} versions cannot be kept"),
)
