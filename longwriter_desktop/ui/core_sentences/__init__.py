"""The sentences that the core makes for a person, as templates; what the rooms hold is written by a script."""

from longwriter_desktop.ui.core_sentences import backend, models, others, projects, writing

SENTENCES = (*writing.SENTENCES, *models.SENTENCES, *projects.SENTENCES, *backend.SENTENCES, *others.SENTENCES)
