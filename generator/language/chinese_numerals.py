"""Chinese numerals as numbers; the one place of the house that knows how they are written."""

from __future__ import annotations

import re

CHINESE_DIGITS = "零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
CHINESE_SCALES = "十拾百佰千仟万萬亿億"
_NUMERAL = re.compile(f"[{CHINESE_DIGITS}{CHINESE_SCALES}]+")
_PLAIN = str.maketrans("〇○两萬億", "零零二万亿")
_LONGEST = 24


def parse_chinese_number(text: str) -> int | None:
    """Value of a Chinese numeral; None for any other text.

    一百二十 → 120, 十万零一千 → 101000, 壹佰 → 100, 二〇〇 → 200 (digit by digit), 三百五 → 350, 百 → None.
    """
    if len(text) > _LONGEST or _NUMERAL.fullmatch(text) is None:
        return None
    import cn2an  # slow to load: only where a numeral stands

    try:
        value = cn2an.cn2an(text.translate(_PLAIN), "normal")
    except (ValueError, KeyError):  # 三亿五 is beyond it
        return None
    return value if isinstance(value, int) else None
