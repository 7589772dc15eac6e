"""Every page, and the map within it, as a screen reader meets it: axe-core finds nothing grave."""

from itertools import cycle

import pytest

from base.folders import ROOT
from base.words import LANGS
from tests.journeys.atlas import ASKED_EVERY, PAINTED
from tests.pages.shown import FIRST
from ui.about import EXCEPTIONS
from ui.shell import pages
from ui.shell.own_words import own_words

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LANGUAGE = "lang => document.documentElement.lang === lang"
GRAVE = ("serious", "critical")
# Pages that open one after the other; each in the other language than the last.
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
# Where a node is: in HTML or a component of ours (also within a frame or a shadow root), or not.
FOUND = """async (grave) => {
  const ours = "[data-testid=stHtml], .stHtml, [data-testid=stBidiComponent], .stBidiComponent";
  const result = await axe.run(document, { resultTypes: ["violations"] });
  return result.violations.filter((found) => grave.includes(found.impact)).flatMap((found) =>
    found.nodes.map((node) => {
      const deep = node.target.length > 1 || Array.isArray(node.target[0]);
      const own = deep || Boolean(document.querySelector(node.target[0])?.closest(ours));
      const [html, why] = [node.html.slice(0, 160), node.failureSummary.slice(0, 240)];
      return { rule: found.id, own, where: JSON.stringify(node.target), html, why };
    }));
}"""
# Every text and name on the page that is one of some; of components, what is in their shadow too.
STILL = """(words) => {
  const found = [], deep = (root) => {
    for (const at of root.querySelectorAll("*")) {
      if (at.shadowRoot) deep(at.shadowRoot);
      const names = ["aria-label", "title", "placeholder"].map((name) => at.getAttribute(name));
      const own = [...at.childNodes].filter((node) => node.nodeType === 3);
      const texts = [...names, ...own.map((node) => node.data)];
      for (const text of texts) if (words.includes(text?.trim())) found.push(text.trim());
    }
  };
  deep(document);
  return found;
}"""


@pytest.mark.parametrize("name", ["load", "compare?way=multiples", "methods"])
def test_streamlits_own_words_are_said_in_the_readers_language(visit, name):
    page = visit(f"{name}{'&' if '?' in name else '?'}lang=vi", maps=0).page
    page.get_by_role("heading", level=1).wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    english = [*own_words("vi")["words"]]
    page.wait_for_function(f"(words) => !({STILL})(words).length", arg=english, polling=ASKED_EVERY)


def test_the_pages_are_those_of_the_menu():
    assert {*pages()} == {*PAGES}


@pytest.mark.parametrize(("name", "lang"), zip(PAGES, cycle(LANGS), strict=False))
def test_a_page_has_nothing_that_shuts_a_reader_out(visit, name, lang):
    page = visit(f"{'.' if name == FIRST else name}?lang={lang}", maps=0).page
    page.get_by_role("heading", level=1).wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    # Fields of ours get their names when their script has come.
    page.locator(".combo > label:not(:empty)").first.wait_for(state="attached")
    page.locator(".combo > label:empty").first.wait_for(state="detached")
    for at in range(page.locator("iframe").count()):
        page.frame_locator("iframe").nth(at).locator(PAINTED).wait_for(state="attached")
    for frame in page.frames:
        frame.evaluate(AXE.read_text(encoding="utf-8"))
        frame.wait_for_function(LANGUAGE, arg=lang, polling=ASKED_EVERY)
    found = page.evaluate(FOUND, list(GRAVE))
    assert [one for one in found if one["own"] or one["rule"] not in EXCEPTIONS] == []
