"""The decoders' inner loops: the tree and the names of a sentence, one greedy choice at a time.

In: arrays of scores that the network gives each word in each place of the state. Out: heads and
labels; starts, ends and labels of names. Plain functions over arrays that numba compiles; each also
runs uncompiled, which is how the tests compare both.

The transition systems are those the weights were trained with. The tree: arc-eager (Nivre 2004)
with Unshift (Honnibal and Johnson 2014) and Break, which closes a sentence; every word is pushed at
most twice, so the work is linear. Names: BILUO, one choice a word.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import register_jitable
from numpy.typing import NDArray

from enduse.compiling import compile_kernel

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Index = Any  # an int, or numpy's
SHIFT, REDUCE, LEFT, RIGHT, BREAK = range(5)
BEGIN, IN, LAST, UNIT, OUT = range(1, 6)
# columns of a word's facts: distance to its head, label, number of children to either side, first
# and last word of its subtree, whether a sentence starts at it, whether it came back from the stack
HEAD, LABEL, LEFTS, RIGHTS, FIRST, FINAL, START, BACK = range(8)
# places of the state's facts: height of the stack, next word, where a closed sentence ends
HEIGHT, NEXT, CLOSED, SIZE = range(4)
PLACES = 8  # words that the tree's scores look at
NAME_PLACES = 6


@register_jitable
def best_move(
    parts: Floats, places: Ints, bias: Floats, upper: Floats, allowed: Ints, out: Floats
) -> Index:
    """Return the best allowed class for a state.

    Args:
        parts: (words + 1, places, 2 * hidden) scores of words in places, the last for no word.
        places: the word in each place, the number of words for none.
        bias: hidden bias, (2 * hidden); of each hidden number the greater of two neighbours counts.
        upper: (classes, hidden + 1), the last column the bias.
        allowed: 1 for each class that the state allows.
        out: working room of 2 * hidden.
    """
    hidden = upper.shape[1] - 1
    out[:] = bias
    for f in range(len(places)):
        part = parts[places[f], f]
        for k in range(2 * hidden):
            out[k] += part[k]
    for k in range(hidden):
        out[k] = max(out[2 * k], out[2 * k + 1])
    best = -1
    best_score = np.float32(0)
    for c in range(len(upper)):
        if allowed[c]:
            score = upper[c, hidden]
            for k in range(hidden):
                score += upper[c, k] * out[k]
            if best < 0 or score > best_score:
                best, best_score = c, score
    return best


@register_jitable
def left_child(facts: Ints, i: int, size: int) -> Index:
    """Return the first child to the left of word i, `size` for none."""
    if i >= size or facts[i, LEFTS] < 1:
        return size
    at = facts[i, FIRST]
    while at < i:
        if facts[at, HEAD] >= 1 and at + facts[at, HEAD] < i:
            at += facts[at, HEAD]
        elif at + facts[at, HEAD] == i:
            return at
        else:
            at += 1
    return size


@register_jitable
def right_child(facts: Ints, i: int, size: int, number: int) -> Index:
    """Return the last (or last but one, by number) child to the right, `size` for none."""
    if i >= size or facts[i, RIGHTS] < number:
        return size
    at = facts[i, FINAL]
    while at > i:
        if facts[at, HEAD] < 0 and at + facts[at, HEAD] > i:
            at += facts[at, HEAD]
        elif at + facts[at, HEAD] == i:
            number -= 1
            if number == 0:
                return at
            at -= 1
        else:
            at -= 1
    return size


@register_jitable
def left_child_after(facts: Ints, i: int, size: int) -> Index:
    """Return the second child to the left of word i, `size` for none."""
    first = left_child(facts, i, size)
    for at in range(first + 1, i):
        if at + facts[at, HEAD] == i:
            return at
    return size


@register_jitable
def drop_arc(facts: Ints, head: int, child: int, size: int) -> None:
    """Take a word from its head."""
    if child > head:
        edge = head
        if facts[head, RIGHTS] >= 2:  # noqa: PLR2004 - the last but one takes its place
            second = right_child(facts, head, size, 2)
            edge = facts[second, FINAL] if second < size else 0
        facts[head, FINAL] = edge
        facts[head, RIGHTS] -= 1
        steps = 0
        while facts[head, HEAD] < 0 and steps < size:
            head += facts[head, HEAD]
            facts[head, FINAL] = edge
            steps += 1
    else:
        edge = head
        if facts[head, LEFTS] >= 2:  # noqa: PLR2004 - the second takes its place
            second = left_child_after(facts, head, size)
            edge = facts[second, FIRST] if second < size else 0
        facts[head, FIRST] = edge
        facts[head, LEFTS] -= 1


@register_jitable
def add_arc(facts: Ints, arc: tuple[int, int, int], size: int) -> None:
    """Give a word its head and label; `arc` is head, child, label."""
    head, child, label = arc
    if facts[child, HEAD] != 0:
        drop_arc(facts, child + facts[child, HEAD], child, size)
    facts[child, HEAD] = head - child
    facts[child, LABEL] = label
    if child > head:
        facts[head, RIGHTS] += 1
        facts[head, FINAL] = facts[child, FINAL]
        steps = 0
        while facts[head, HEAD] != 0 and steps < size:
            head += facts[head, HEAD]
            facts[head, FINAL] = facts[child, FINAL]
            steps += 1
    else:
        facts[head, LEFTS] += 1
        facts[head, FIRST] = facts[child, FIRST]


@register_jitable
def front(state: Ints, buffer: Ints, ahead: int) -> Index:
    """Return the word that waits in the buffer, the number of words for none."""
    at = state[NEXT] + ahead
    return buffer[at] if at < state[SIZE] else state[SIZE]


@register_jitable
def top(state: Ints, stack: Ints, below: int) -> Index:
    """Return the word on the stack so many below its top, the number of words for none."""
    return stack[state[HEIGHT] - 1 - below] if below < state[HEIGHT] else state[SIZE]


@register_jitable
def waiting(state: Ints) -> Index:
    """Return how many words wait in the sentence."""
    end = state[CLOSED] if state[CLOSED] >= 0 else state[SIZE]
    return end - state[NEXT]


@register_jitable
def push(state: Ints, stack: Ints, buffer: Ints, facts: Ints) -> None:
    """Move the next word to the stack."""
    if front(state, buffer, 0) < state[SIZE]:
        stack[state[HEIGHT]] = front(state, buffer, 0)
    state[HEIGHT] += 1
    state[NEXT] += 1
    edge = facts[front(state, buffer, 0), FIRST]
    if facts[edge, START] == 1:
        state[CLOSED] = state[NEXT]
    if state[NEXT] > state[CLOSED]:
        state[CLOSED] = -1


@register_jitable
def unshift(state: Ints, stack: Ints, buffer: Ints, facts: Ints) -> None:
    """Put a word without head back from the stack."""
    state[NEXT] -= 1
    buffer[state[NEXT]] = top(state, stack, 0)
    state[HEIGHT] -= 1
    facts[buffer[state[NEXT]], BACK] = 1


@register_jitable
def settle(state: Ints, stack: Ints, buffer: Ints, facts: Ints) -> None:
    """Do what needs no choice, until a choice is open or all is done."""
    while waiting(state) == 0 or state[HEIGHT] == 0:
        if waiting(state) == 0:
            if state[HEIGHT] == 1:
                state[HEIGHT] = 0
            elif state[HEIGHT] > 1:
                if facts[top(state, stack, 0), HEAD] != 0:
                    state[HEIGHT] -= 1
                else:
                    unshift(state, stack, buffer, facts)
            elif state[NEXT] < state[SIZE]:
                push(state, stack, buffer, facts)
            else:
                break
        elif waiting(state) == 1:
            push(state, stack, buffer, facts)
            state[HEIGHT] -= 1
        else:
            push(state, stack, buffer, facts)


@register_jitable
def weigh(state: Ints, stack: Ints, buffer: Ints, facts: Ints, fine: Ints) -> None:
    """Write for each move whether the state allows it."""
    b, s = front(state, buffer, 0), top(state, stack, 0)
    edge_start = facts[facts[b, FIRST], START]
    inside = edge_start != 1
    fine[SHIFT] = waiting(state) >= 2 and facts[b, BACK] == 0 and inside  # noqa: PLR2004 - a pair
    fine[REDUCE] = state[HEIGHT] >= 2  # noqa: PLR2004 - the last stays for its sentence's end
    fine[LEFT] = inside
    fine[RIGHT] = inside and s + facts[s, HEAD] != b
    fine[BREAK] = state[CLOSED] < 0 and state[HEIGHT] >= 1


@register_jitable
def look(state: Ints, stack: Ints, buffer: Ints, facts: Ints, places: Ints) -> None:
    """Write the words that the scores look at."""
    size = state[SIZE]
    b, s = front(state, buffer, 0), top(state, stack, 0)
    places[0], places[1] = b, front(state, buffer, 1)
    places[2], places[3], places[4] = s, top(state, stack, 1), top(state, stack, 2)
    places[5], places[6] = left_child(facts, b, size), left_child(facts, s, size)
    places[7] = right_child(facts, s, size, 1)


@register_jitable
def act(move: Index, label: Index, state: Ints, stack: Ints, buffer: Ints, facts: Ints) -> None:
    """Make one move."""
    b, s, size = front(state, buffer, 0), top(state, stack, 0), state[SIZE]
    if move == SHIFT:
        push(state, stack, buffer, facts)
    elif move == REDUCE:
        if facts[s, HEAD] != 0:
            state[HEIGHT] -= 1
        else:
            unshift(state, stack, buffer, facts)
    elif move == LEFT:
        add_arc(facts, (b, s, label), size)
        state[HEIGHT] -= 1
    elif move == RIGHT:
        add_arc(facts, (s, b, label), size)
        push(state, stack, buffer, facts)
    else:
        facts[facts[b, FIRST], START] = 1
        state[CLOSED] = state[NEXT]
    settle(state, stack, buffer, facts)


def parse_plain(parts: Floats, bias: Floats, upper: Floats, moves: Ints, labels: Ints) -> Ints:
    """Return the facts of a sentence's words: (words, 8), see the module's list of columns.

    Args:
        parts: (words + 1, 8, 2 * hidden), the last row for no word.
        bias: of the hidden layer, see best_move.
        upper: of the classes, see best_move.
        moves: the move of each class.
        labels: the label of each class, as a number from 1; 0 for none.
    """
    size = len(parts) - 1
    facts = np.zeros((size + 1, 8), dtype=np.int32)
    for i in range(size):
        facts[i, FIRST] = facts[i, FINAL] = i
    facts[0, START] = 1
    state = np.array([0, 0, -1, size], dtype=np.int32)
    stack = np.zeros(size + 2, dtype=np.int32)
    buffer = np.arange(size + 2).astype(np.int32)
    fine = np.zeros(BREAK + 1, dtype=np.int32)
    places = np.zeros(PLACES, dtype=np.int32)
    allowed = np.zeros(len(moves), dtype=np.int32)
    room = np.zeros(len(bias), dtype=np.float32)
    settle(state, stack, buffer, facts)
    for _ in range(4 * size):  # each word is pushed and popped at most twice
        if state[HEIGHT] == 0 and state[NEXT] >= size:
            break
        weigh(state, stack, buffer, facts, fine)
        look(state, stack, buffer, facts, places)
        for k in range(len(moves)):
            allowed[k] = fine[moves[k]]
        c = best_move(parts, places, bias, upper, allowed, room)
        if c < 0:
            break
        act(moves[c], labels[c], state, stack, buffer, facts)
    return facts[:size]


def name_plain(
    parts: Floats, bias: Floats, upper: Floats, moves: Ints, labels: Ints, starts: Ints
) -> Ints:
    """Return the names of a sentence: (names, 3) of first word, last (not included), label.

    Args:
        parts: (words + 1, 6, 2 * hidden), the last row for no word.
        bias: of the hidden layer, see best_move.
        upper: of the classes, see best_move.
        moves: the move of each class.
        labels: the label of each class, as a number from 1; 0 for none.
        starts: 1 where a sentence starts.
    """
    size = len(parts) - 1
    found = np.zeros((size, 3), dtype=np.int32)
    places = np.zeros(NAME_PLACES, dtype=np.int32)
    allowed = np.zeros(len(moves), dtype=np.int32)
    room = np.zeros(len(bias), dtype=np.float32)
    count = 0
    opened: Index = 0
    for i in range(size):
        e = found[count - 1, 0] if 0 < count < size else -1
        last = i + 1 >= size
        places[0], places[1] = i, i - 1 if i > 0 else size
        places[2], places[3] = size if last else i + 1, e if e >= 0 else size
        places[4] = e - 1 if e >= 1 else size
        places[5] = min(e + 1, size)
        goes_on = not last and starts[i + 1] != 1
        for k in range(len(moves)):
            move, label = moves[k], labels[k]
            if move == OUT or opened == 0:
                goes = opened == 0 and (move == OUT or label > 0)
                allowed[k] = goes and (move in (UNIT, OUT) or (move == BEGIN and goes_on))
            else:
                allowed[k] = label == opened and (move == LAST or (move == IN and goes_on))
        c = best_move(parts, places, bias, upper, allowed, room)
        if c < 0:
            break
        if moves[c] in (BEGIN, UNIT):
            found[count, 0], found[count, 1], found[count, 2] = i, i + 1, labels[c]
            count += 1
        if moves[c] == BEGIN:
            opened = labels[c]
        elif moves[c] == IN:
            found[count - 1, 1] = i + 1
        elif moves[c] == LAST:
            found[count - 1, 1], opened = i + 1, 0
    return found[:count]


parse = compile_kernel(parse_plain)
name = compile_kernel(name_plain)
