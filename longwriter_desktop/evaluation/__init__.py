"""How well it wrote: LongBench-Write and LongWrite-Ruler, the length score and a judge's score.

After Bai et al. 2024 ("LongWriter: Unleashing 10,000+ Word Generation from Long Context LLMs", section 4). Results
are JSON Lines files that a run goes on with where it was left.
"""
