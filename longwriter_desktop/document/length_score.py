"""The length score S_l of LongBench-Write: how well a delivered length matches the asked one."""


def length_score(target: int, delivered: int) -> float:
    """100 for the asked length, falling to 0 at four times the length or a third of it.

    ``target`` and ``delivered`` are counts of words. Over the target x with y words the score is
    ``100 * max(0, 1 - (y/x - 1) / 3)``, under it ``100 * max(0, 1 - (x/y - 1) / 2)``; 0 for nothing
    delivered. Without a target (0 or less) nothing was asked, so any length scores 100.
    Source: Bai et al. 2024, section 4.1, equation 1.
    """
    if target <= 0:
        return 100.0
    if delivered <= 0:
        return 0.0
    if delivered > target:
        return 100.0 * max(0.0, 1 - (delivered / target - 1) / 3)
    return 100.0 * max(0.0, 1 - (target / delivered - 1) / 2)
