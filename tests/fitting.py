"""Whether all of a page can be read at the width of a phone: in Chromium, at its usual text size and at twice that."""

from collections.abc import Callable

from playwright.sync_api import CDPSession, Page

from forumplanner.core.thai.calendar_words import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS

USUAL, TWICE = 16, 32
# Says what runs out of the window or of its own box, and what is cut off.
MISFITS = """() => {
    const found = new Set(), edge = document.documentElement.clientWidth;
    const say = (what, node) => found.add(`${what}: ${(node.textContent || node.outerHTML || '').trim().slice(0, 70)}`);
    const width = document.documentElement.scrollWidth;
    if (width > edge) found.add(`scrolls sideways: ${width}`);
    const styles = new Map();
    const style = node => styles.get(node) ?? styles.set(node, getComputedStyle(node)).get(node);
    const boxes = new Map();
    const boxOf = node => boxes.get(node) ?? boxes.set(node, node.getBoundingClientRect()).get(node);
    const isInline = node => ['inline', 'contents'].includes(style(node).display);
    const away = '.unseen, .skip, option, svg, script, style, noscript, [hidden]';
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (!text.data.trim() || text.parentElement.closest(away)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        const rects = [...range.getClientRects()].filter(rect => rect.width > 0.5);
        if (!rects.length) continue;
        let home = text.parentElement;
        while (isInline(home)) home = home.parentElement;
        const left = Math.min(...rects.map(rect => rect.left)), right = Math.max(...rects.map(rect => rect.right));
        if (left < -0.5 || right > edge + 0.5) say('leaves the window', text);
        else if (left < boxOf(home).left - 1 || right > boxOf(home).right + 1) say('leaves its box', text);
        const lines = new Set(rects.map(rect => Math.round(rect.top))).size;
        if (lines > 2 && boxOf(home).width < 3 * parseFloat(style(home).fontSize)) say('is squeezed', text);
        for (let around = home; around !== document.body; around = around.parentElement) {
            if (!['hidden', 'clip', 'auto', 'scroll'].includes(style(around).overflowX)) continue;
            if (left < boxOf(around).left - 1 || right > boxOf(around).right + 1) say('is cut', text);
        }
    }
    for (const node of document.body.querySelectorAll('*')) {
        if (node.closest(away) && node.tagName !== 'svg') continue;
        if (node.closest('.unseen')) continue;
        const box = boxOf(node);
        if (box.width && box.height && (box.right > edge + 0.5 || box.left < -0.5)) say('box leaves the window', node);
    }
    for (const text of document.querySelectorAll('svg text')) {
        const box = text.getBoundingClientRect();
        if (box.width && (box.right > edge + 0.5 || box.left < -0.5)) say('leaves the picture', text);
    }
    return [...found];
}"""
# Writes every date of the page into other months: the same form, with words as long as any.
OTHER_DATES = """kinds => {
    const any = kinds.flatMap(([words]) => words).sort((a, b) => b.length - a.length);
    const pattern = new RegExp(any.map(word => word.replaceAll('.', '\\\\.')).join('|'), 'g');
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (text.parentElement.closest('svg, script, style') || !pattern.test(text.data)) continue;
        text.data = text.data.replace(pattern, word => kinds.find(([words]) => words.includes(word))[1])
            .replace(/(^|[^\\d.,:/-])\\d(?![\\d.,:/])/g, '$128');
    }
}"""


def widest_words() -> list[tuple[list[str], str]]:
    """Kinds of words in dates, and the longest of each: what stands for a month or weekday of any year."""
    kinds = [found[lang] for lang in ("th", "en") for found in (MONTHS, SHORT_MONTHS, WEEKDAYS, SHORT_WEEKDAYS)]
    # Short months last: "May" is a long one too.
    return [(list(words), max(words, key=len)) for words in kinds]


def text_size(page: Page) -> Callable[[int], None]:
    """Sets the size of text in the browser's own settings, as a reader does who sees little."""
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Page.enable")

    def set_size(size: int) -> None:
        session.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{size}px"

    return set_size


def misfits(page: Page, *, widest_dates: bool = True) -> dict[str, list[str]]:
    """What does not fit into this window: at the usual size, at twice the size, and with the longest dates."""
    set_size = text_size(page)
    found = {}
    try:
        found["usual"] = page.evaluate(MISFITS)
        set_size(TWICE)
        found["twice"] = page.evaluate(MISFITS)
        if widest_dates:
            page.evaluate(OTHER_DATES, widest_words())
            found["longest dates, twice"] = page.evaluate(MISFITS)
            set_size(USUAL)
            found["longest dates"] = page.evaluate(MISFITS)
    finally:
        set_size(USUAL)
    return {when: said for when, said in found.items() if said}
