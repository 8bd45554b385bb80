"""Sentences of backend and its kind. Written by packaging/core_sentences.py."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

SENTENCES = (
    QT_TRANSLATE_NOOP("Core", "The chat template in this model's file cannot be used"),
    QT_TRANSLATE_NOOP("Core", "This model's file has no chat template"),
    QT_TRANSLATE_NOOP("Core", "{0}, so the common form ChatML is used; the replies may be poorer for it."),
    QT_TRANSLATE_NOOP("Core", "the engine does one thing at a time: close the other iterator first"),
    QT_TRANSLATE_NOOP("Core", "Everything written is kept"),
    QT_TRANSLATE_NOOP("Core", "too large"),
    QT_TRANSLATE_NOOP(
        "Core",
        "The memory of this computer was not enough to go on with the model {0}. {1}. Close other "
        "programs or choose a smaller model, then go on.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "The process that runs the model was ended from outside, as a system does when memory runs "
        "short. {0}; go on, and it starts again.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "llama.cpp was built for another processor than this one and cannot run. Install "
        "llama-cpp-python again so that it is built on this computer. The log is {0}.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "The process that runs the model could not be started ({0}). Install the app again, or report "
        "this with the log {1}.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "The process that runs the model ended by itself ({0}). {1}; go on, and it starts again. If it "
        "happens often, report it with the log {2}.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "llama.cpp broke down over the model {0}, so its file is probably damaged. {1}. Download it "
        "again, or choose another model. The log is {2}.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "llama.cpp broke down as soon as it used the model {0} ({1}). {2}. Its file may be damaged: "
        "download it again, or choose another model. If others fail as well, report it with the log {3}.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "The model {0} has done nothing for {1} seconds, so its process was stopped. {2}; go on, and it starts again.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "The process for the model {0} could not be started: {1}. {2}. Close other programs and try again.",
    ),
    QT_TRANSLATE_NOOP("Core", "too long"),
    QT_TRANSLATE_NOOP("Core", "llama.cpp cannot be used here: {0}. Install llama-cpp-python again. The log is {1}."),
    QT_TRANSLATE_NOOP(
        "Core",
        "The process that runs the model made a mistake ({0}). {1}; go on, and it starts again. If it "
        "happens often, report it with the log {2}.",
    ),
    QT_TRANSLATE_NOOP("Core", "it closed its pipe"),
    QT_TRANSLATE_NOOP("Core", "exit status {0}"),
    QT_TRANSLATE_NOOP(
        "Core",
        "“{0}” is one of the {1} files of a model and has not the name that it was published under, so "
        "the others are not found. Give all of them their own names back.",
    ),
    QT_TRANSLATE_NOOP("Core", "“{0}” is not the first of the {1} files of its model. Choose {2}."),
    QT_TRANSLATE_NOOP("Core", "The model “{0}” is in {1} files, and {2} is missing. Download it again."),
    QT_TRANSLATE_NOOP("Core", "“{0}” is a folder, not a model. Choose a GGUF file."),
    QT_TRANSLATE_NOOP("Core", "1 byte"),
    QT_TRANSLATE_NOOP("Core", "{0} bytes"),
    QT_TRANSLATE_NOOP("Core", "“{0}” is not a GGUF model: it has only {1}. Choose another file."),
    QT_TRANSLATE_NOOP("Core", "There is no model file “{0}”. Choose another model, or put the file back."),
    QT_TRANSLATE_NOOP(
        "Core",
        "The model file “{0}” may not be read by you. Change its permissions, or choose another model.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "There is not enough free memory to look into the model file “{0}”. Close other programs.",
    ),
    QT_TRANSLATE_NOOP("Core", "The model file “{0}” cannot be read: {1}. Choose another model."),
    QT_TRANSLATE_NOOP("Core", "“{0}” is not a GGUF file, so it cannot be used as a model. Choose another."),
    QT_TRANSLATE_NOOP(
        "Core",
        "“{0}” is in version {1} of the GGUF format, which this app cannot read. Download the model "
        "again from a current source.",
    ),
    QT_TRANSLATE_NOOP("Core", "“{0}” holds no weights, so it cannot write. Choose another model."),
    QT_TRANSLATE_NOOP(
        "Core",
        "“{0}” has weights in a form (type {1}) that this version of llama.cpp does not know. Choose "
        "another file of the model, such as Q4_K_M.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "The model file “{0}” is truncated: its end is missing, as after a download that broke off. Download it again.",
    ),
    QT_TRANSLATE_NOOP("Core", "The model file “{0}” is damaged and cannot be used. Download it again."),
    QT_TRANSLATE_NOOP("Core", "the CUDA toolkit"),
    QT_TRANSLATE_NOOP("Core", "Xcode's command line tools"),
    QT_TRANSLATE_NOOP("Core", "the Vulkan development files and glslc"),
    QT_TRANSLATE_NOOP("Core", "graphics processor"),
    QT_TRANSLATE_NOOP("Core", "the template fails, or loses a message"),
    QT_TRANSLATE_NOOP("Core", "no process for it"),
    QT_TRANSLATE_NOOP("Core", "no answer"),
    QT_TRANSLATE_NOOP("Core", "integrated GPU"),
    QT_TRANSLATE_NOOP("Core", "the device {0} is gone"),
    QT_TRANSLATE_NOOP(
        "Core",
        "There is no device “{0}” that llama.cpp could compute on, so the model was not opened. Choose "
        "one of these in the settings: {1}.",
    ),
    QT_TRANSLATE_NOOP("Core", "{0} has not enough free memory for this model, so the processor computes."),
    QT_TRANSLATE_NOOP(
        "Core",
        "{0} of the model's {1} layers fit into the free memory of {2}; the processor computes the "
        "others, which is slower.",
    ),
    QT_TRANSLATE_NOOP("Core", "The context is {0} tokens instead of {1}, because there is not more memory free."),
    QT_TRANSLATE_NOOP(
        "Core",
        "The model {0} is open already, in another window or on the command line, and needs {1} of "
        "memory. Both together need {2}; {3} are free now. Close the other one if this computer becomes "
        "slow.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "There is not enough free memory for the model {0}, not even with a short context. Everything "
        "written is kept. Close other programs, or choose a smaller model.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "The model {0} needs {1} of memory, and this computer has {2}. Choose a smaller file of it, such "
        "as Q4_K_M, or a smaller model.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "There is not enough free memory to load the model {0}. Everything written is kept. Close other "
        "programs, or choose a smaller model.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "llama.cpp cannot use the model file “{0}”{1}. Download it again, or choose another model.",
    ),
    QT_TRANSLATE_NOOP("Core", "The model in “{0}” is not one that writes text. Choose another model."),
    QT_TRANSLATE_NOOP("Core", "in the file"),
    QT_TRANSLATE_NOOP("Core", "This file has no chat template, which says how a model wants to be spoken to."),
    QT_TRANSLATE_NOOP(
        "Core",
        "{0} It may be a base model, which goes on with a text instead of doing what it is asked.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "LongWriter was trained with a chat template of its own, which is not the one in this file.",
    ),
    QT_TRANSLATE_NOOP("Core", "The chat template in this file cannot be used."),
    QT_TRANSLATE_NOOP(
        "Core",
        "The chat template in this file writes {0}, which this model has no token for: it may be another model's.",
    ),
    QT_TRANSLATE_NOOP(
        "Core",
        "The template {0} writes {1}, which this model has no token for, so it is probably not the right one.",
    ),
    QT_TRANSLATE_NOOP("Core", "Use {0}, which fits its tokens, or choose another, and try it."),
    QT_TRANSLATE_NOOP("Core", "Choose one and try it."),
    QT_TRANSLATE_NOOP("Core", "LongWriter-glm4-9b and other GLM-4 models"),
    QT_TRANSLATE_NOOP("Core", "Qwen, Yi, SmolLM, Hermes and many others"),
    QT_TRANSLATE_NOOP("Core", "Llama 3, 3.1 and 3.2 Instruct"),
    QT_TRANSLATE_NOOP("Core", "Gemma 1 to 3"),
    QT_TRANSLATE_NOOP("Core", "Mistral 7B Instruct 0.3, Mixtral, Mistral Nemo"),
    QT_TRANSLATE_NOOP("Core", "Phi 3 and 3.5"),
    QT_TRANSLATE_NOOP("Core", "Zephyr, StableLM"),
    QT_TRANSLATE_NOOP("Core", "Vicuna and models without tokens of their own for turns"),
    QT_TRANSLATE_NOOP("Core", "Out of memory while a request was taken in.\n"),
    QT_TRANSLATE_NOOP("Core", "no model is open"),
    QT_TRANSLATE_NOOP(
        "Core",
        "The memory of this computer was not enough to go on. Everything written is kept. Close other "
        "programs or choose a smaller model, then go on.",
    ),
)
