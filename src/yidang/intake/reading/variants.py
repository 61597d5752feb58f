"""Characters the recogniser takes for a twin of nearly the same shape from another script tradition. Pure."""

TWINS = str.maketrans(
    "悅決毀內戶黃溫稅脫冊別刪吳晩郞淸靑眞卽旣敎値產查併寃凈况鄕錄",
    "悦决毁内户黄温税脱册别删吴晚郎清青真即既教值产查并冤净况乡录",
)
TRADITIONAL = frozenset("醫療險費學國單號證體檢處藥總額個員開關會歷電話實這對應為與")


def settle_variants(texts: list[str]) -> list[str]:
    """Simplified forms throughout, unless the page itself is set in traditional characters."""
    if any(character in TRADITIONAL for text in texts for character in text):
        return texts
    return [text.translate(TWINS) for text in texts]
