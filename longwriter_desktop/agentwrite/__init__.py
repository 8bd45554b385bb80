"""How a long text is written: prompts, plan, writer, word budget, loop guard, and the Engine port.

After AgentWrite (Bai et al. 2024, "LongWriter: Unleashing 10,000+ Word Generation from Long Context
LLMs", section 3): first a plan, one line a paragraph, then the paragraphs one after another, each
with all the text so far before it. Plain Python: no Qt, no llama.cpp, no disk, no clock.
"""
