"""The drawing says in line and shape what the words say."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from enduse.publish import draw_chains

SVG = "{http://www.w3.org/2000/svg}"


def classes(picture):
    return [element.get("class", "") for element in ET.fromstring(picture).iter()]


def test_the_picture_is_well_formed_and_described(sample):
    root = ET.fromstring(draw_chains(sample.trace))
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title.text == "BGM-71 TOW seen with Islamic State: chains of custody, likeliest first"
    assert "Chain 1, about 6 in 10 (38–79 %): United States to Free Syrian Army" in told.text
    assert "None of these: about 3 in 10." in told.text


def test_lines_tell_flat_hedged_and_inferred_apart(sample):
    found = classes(draw_chains(sample.trace))
    assert found.count("lawful flat") == 2 + 1
    assert found.count("diverted hedged") == 1 + 1
    assert found.count("diverted inferred") == 2 + 1


def test_more_witnesses_make_a_thicker_line(sample):
    def thickness(witnesses):
        chain = sample.trace.chains[0]
        steps = (replace(chain.steps[0], witnesses=witnesses), chain.steps[1])
        trace = replace(sample.trace, chains=(replace(chain, steps=steps),))
        root = ET.fromstring(draw_chains(trace))
        arrow = next(e for e in root.iter() if e.get("class") == "lawful flat")
        return float(arrow.find(f"{SVG}path").get("stroke-width"))

    assert thickness(1.0) < thickness(2.0) < thickness(3.0)
    assert thickness(50.0) == thickness(60.0)


def test_a_trace_without_chains_draws_its_remainder(sample):
    picture = draw_chains(replace(sample.trace, chains=(), remainder=1.0))
    assert "None of these: more than 19 in 20" in picture
    ET.fromstring(picture)


def test_nothing_comes_from_outside(sample):
    picture = draw_chains(sample.trace)
    assert "href" not in picture
    assert "url(" not in picture
    assert "<script" not in picture


def test_long_names_are_cut_but_whole_in_the_title(sample):
    chain = sample.trace.chains[0]
    name = "The Very Long Name of an Armed Coalition of Many Local Units and Brigades"
    giver = replace(chain.steps[0].giver, label=name)
    steps = (replace(chain.steps[0], giver=giver), chain.steps[1])
    picture = draw_chains(replace(sample.trace, chains=(replace(chain, steps=steps),)))
    root = ET.fromstring(picture)
    assert name in [title.text for title in root.iter(f"{SVG}title")]
    shown = [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "name"]
    assert all(len(text) <= 18 for text in shown)


def test_many_chains_are_drawn_only_so_far_as_a_page_holds(sample):
    trace = replace(sample.trace, chains=sample.trace.chains * 5)
    picture = draw_chains(trace)
    assert classes(picture).count("lane") == 6
    assert "Not drawn: four weaker chains." in picture
