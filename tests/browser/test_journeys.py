"""What people come to do, done in a real browser from end to end."""

import re

from enduse.case.standing import accepted_claims, set_aside
from enduse.case.views.review import list_decisions
from enduse.store.kinds import CLAIM, ENTITY


def go(page, path):
    page.goto(path, wait_until="load")


def settle(page):
    """Wait until long work is done and its result is shown."""
    page.wait_for_url(re.compile(r"^(?!.*/(jobs|run|prepare|write|ask)\b)"))


def test_from_demo_to_dossier(page, case):
    go(page, "/")
    page.fill("#ask-weapon", "TOW")
    page.fill("#ask-holder", "Islamic State")
    page.click("text=Trace")
    settle(page)
    assert page.locator("#steps tbody tr").count() > 3
    page.click("text=Prepare a dossier")
    settle(page)
    assert "not published as it is" in page.inner_text("#gate")
    assert page.locator("#insist").count() == 0  # parties were not asked
    page.fill("#because-all", "armed groups at war; no address is known")
    page.click("form[action='/replies'] button")
    page.check("#insist")
    page.click("#publish")
    settle(page)
    name = page.inner_text("#files a")
    written = (case.folder / "published" / name).read_text(encoding="utf-8")
    assert "have not been reviewed by a person" in written


def test_fifty_claims_by_keyboard(page, case):
    go(page, "/review")
    keys = "arau"
    for turn in range(50):
        page.wait_for_selector(".card.at.open")
        page.keyboard.press(keys[turn % 4])
    page.wait_for_function("document.querySelector('#said').textContent !== ''")
    page.wait_for_load_state("networkidle")  # the last answer is on its way
    for _ in range(50):
        ledger = list_decisions(case).rows
        if len(ledger) == 50:
            break
        page.wait_for_timeout(100)
    go(page, "/decisions")
    assert len(ledger) == 50
    verdicts = [row.decision.verdict for row in reversed(ledger)]
    words = {"a": "accept", "r": "reject", "u": "unsure"}
    assert verdicts == [words[keys[turn % 4]] for turn in range(50)]
    assert {row.decision.by for row in ledger} == {"Ana Example"}
    go(page, "/review")
    assert page.inner_text("#decided") == "50"
    assert page.locator(".card.at.open").count() == 1


def test_enter_in_the_reason_and_a_key_held_down_decide_nothing_more(page, case):
    go(page, "/review")
    assert page.locator(".card.at .verdicts button >> visible=true").count() == 3
    page.fill(".card.at input[name=because]", "misread")
    page.press(".card.at input[name=because]", "Enter")
    page.wait_for_timeout(500)
    assert list_decisions(case).rows == ()
    page.focus(".card.at")
    for _ in range(4):
        page.keyboard.down("r")
    page.keyboard.up("r")
    page.wait_for_load_state("networkidle")
    assert [row.decision.because for row in list_decisions(case).rows] == ["misread"]


def test_a_claim_is_corrected_by_keyboard(page, case):
    go(page, "/review")
    claim = page.get_attribute(".card.at", "data-claim")
    page.keyboard.press("c")
    page.wait_for_selector(".card.at form.mend")
    assert page.evaluate("document.activeElement.closest('.card').dataset.claim") == claim
    page.fill(".card.at input[name=mode]", "held")
    page.select_option(".card.at select[name=kind]", "possession")
    page.click("text=Keep the correction")
    page.wait_for_selector(f"#{claim}.correct")
    assert claim in set_aside(case)
    assert page.locator("form.mend").count() == 0


def test_what_is_not_kept_is_said_to_everybody_until_it_is(chromium, address, case):
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    page.route("**/decide", lambda route: route.fulfill(status=403, body="From an earlier run."))
    go(page, "/review")
    first = page.get_attribute(".card.at", "id")
    page.keyboard.press("a")
    page.wait_for_selector("#warned p")
    assert page.inner_text("#warned") == "Not kept: From an earlier run."
    assert page.locator(f"#{first}.open").count() == 1
    page.unroute("**/decide")
    page.route("**/decide", lambda route: route.abort())
    page.keyboard.press("k")
    page.keyboard.press("a")
    page.wait_for_selector("#warned >> text=does not answer")
    page.unroute("**/decide")
    page.keyboard.press("k")
    page.keyboard.press("a")
    page.wait_for_selector("#warned p", state="detached")
    assert [row.decision.subject for row in list_decisions(case).rows] == [first]
    context.close()


def test_moving_taking_back_and_the_list_of_keys(page, case):
    go(page, "/review")
    first = page.get_attribute(".card.at", "id")
    page.keyboard.press("j")
    assert page.get_attribute(".card.at", "id") != first
    page.keyboard.press("k")
    assert page.get_attribute(".card.at", "id") == first
    assert page.locator("mark.lit").count() >= 1
    page.keyboard.press("r")
    page.wait_for_selector(f"#{first}.reject")
    page.keyboard.press("z")
    page.wait_for_selector(f"#{first}.open")
    assert set_aside(case) == frozenset()
    page.keyboard.press("?")
    assert page.locator("#key-list").is_visible()
    page.keyboard.press("a")  # nothing is decided behind the list
    page.keyboard.press("Escape")
    assert len([row for row in list_decisions(case).rows if row.stands]) == 0


def test_merge_and_undo(page, case):
    go(page, "/entities/actor")
    assert page.locator("text=southern command").count() == 1
    go(page, "/names")
    page.fill("#left", "southern command")
    page.fill("#right", "free-syrian-army")
    page.click("section[aria-labelledby=own] form.row button")
    go(page, "/")
    page.click("text=Bring up to date")
    settle(page)
    go(page, "/entities/actor")
    assert page.locator("text=southern command").count() == 0
    go(page, "/names")
    page.click("form[action='/unjudge'] button")
    go(page, "/")
    page.click("text=Bring up to date")
    settle(page)
    go(page, "/entities/actor")
    assert page.locator("text=southern command").count() == 1
    assert case.store.count(ENTITY) > 0


SELECT = """([needle]) => {
  const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(needle);
    if (at >= 0 && node.parentElement.dataset.start) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + needle.length);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return true;
    }
  }
  return false;
}"""


def mark(page, case, document, words, party):
    """Select words, make a claim of them, and return it."""
    go(page, f"/documents/{document}")
    assert page.evaluate(SELECT, [words])
    page.wait_for_function("document.querySelector('#new-claim [name=start]').value !== ''")
    page.evaluate("document.getElementById('new').open = true")
    page.select_option("#kind-new", "possession")
    page.fill("#role-actor-new", party)
    page.click("text=Keep the claim")
    page.wait_for_selector(".notice")
    made = [claim for claim in case.store.find(CLAIM) if claim.extractor.startswith("person:")]
    return next(claim for claim in made if claim.span.quote == words)


def test_marked_words_become_a_claim_in_english_and_arabic(page, case):
    documents = case.store.select("SELECT id, language, text FROM document ORDER BY id")
    english = next(row for row in documents if "in the second part of" in row["text"])
    arabic = next(row for row in documents if row["language"] == "ar")
    for row, words in ((english, "in the second part of"), (arabic, "قرب تدمر")):
        claim = mark(page, case, row["id"], words, "unit")
        assert row["text"][claim.span.start : claim.span.end] == words
        assert claim.id in accepted_claims(case)


def test_the_custody_view_and_its_table_agree(page):
    go(page, "/custody")
    page.click("tbody a >> nth=0")
    page.wait_for_selector("#steps")
    drawn = page.eval_on_selector_all(
        ".enduse-chains .lane g[class]",
        """groups => groups.map(group => {
          const [link, told] = group.getAttribute('class').split(' ');
          const [ends] = group.querySelector('title').textContent.split(':');
          return [ends, link === 'lawful' ? 'lawful' : 'diversion', told];
        })""",
    )
    told = page.eval_on_selector_all(
        "#steps tbody tr",
        """rows => rows.map(row => {
          const cells = [...row.querySelectorAll('td')].map(cell => cell.textContent.trim());
          return [`${cells[0]} to ${cells[1]}`, ...row.className.split(' ')];
        })""",
    )
    assert drawn
    assert drawn == told[: len(drawn)]


def test_publishing_is_refused_with_an_unreviewed_claim_and_passes_after_review(page, case):
    go(page, "/publish")
    page.click("text=Prepare a dossier")
    settle(page)
    gate = page.url
    page.click("#publish")
    page.wait_for_selector("#refused")
    assert "not reviewed" in page.inner_text("#refused")
    assert not (case.folder / "published").exists()
    go(page, gate)
    while page.locator(".grid .card").count():
        page.click(".grid .card >> nth=0 >> text=Accept")
        page.wait_for_load_state("load")
    page.select_option("#verdict-all", "asked")
    page.fill("#because-all", "by letter, two weeks before")
    page.click("form[action='/replies'] button")
    page.wait_for_load_state("load")
    assert page.get_attribute("#gate", "class") == "gate pass"
    page.click("#publish")
    settle(page)
    assert page.locator("#files a").count() == 1


def test_without_a_script_a_claim_is_decided_and_taken_back(chromium, address, case):
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/review")
    page.click(".card.open >> nth=0 >> text=Unsure")
    page.wait_for_selector(".card.unsure")
    page.click(".notice button")
    page.wait_for_selector(".card.unsure", state="detached")
    page.wait_for_load_state("load")
    assert page.locator(".card.unsure").count() == 0
    assert [row.stands for row in list_decisions(case).rows] == [False]
    context.close()
