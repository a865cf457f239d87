"""How a tree is read: what of it is printed, how sections are numbered, where each figure stands."""

from collections.abc import Iterator
from dataclasses import replace

from reports.blocks.figures import Figure
from reports.blocks.parts import Block, Bullets, Chart, Missing, Paragraph, Section, Table

DEEPEST = 3  # mục I., khoản 1., điểm a)
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"  # điểm of legal texts: đ after d, and no f, j, w, z
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def has_content(block: Block) -> bool:
    """Whether the block prints anything."""
    if isinstance(block, Section):
        return any(map(has_content, block.blocks))
    if isinstance(block, Bullets):
        return any(map(has_content, block.items))
    if isinstance(block, Paragraph):
        return bool(block.words.strip())
    return bool(block.rows) if isinstance(block, Table) else not isinstance(block, Missing)


def without_missing(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks that print something, sections and lists reduced in the same way."""
    return tuple(reduced(block) for block in blocks if has_content(block))


def missing_in(blocks: tuple[Block, ...]) -> Iterator[Missing]:
    """What is not known yet below these blocks, in reading order."""
    for block in blocks:
        if isinstance(block, Section):
            yield from missing_in(block.blocks)
        elif isinstance(block, Missing):
            yield block


def reduced(block: Block) -> Block:
    """The block without those of its parts that print nothing."""
    if isinstance(block, Section):
        return replace(block, blocks=without_missing(block.blocks))
    return replace(block, items=without_missing(block.items)) if isinstance(block, Bullets) else block


def ended(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with './.' after the last words, where the last block is text."""
    *rest, last = blocks or (None,)
    if isinstance(last, Section):
        last = replace(last, blocks=ended(last.blocks))
    elif isinstance(last, Bullets):
        last = replace(last, items=(*last.items[:-1], last.items[-1].closed()))
    elif isinstance(last, Paragraph):
        last = last.closed()
    return (*rest, last) if last else blocks


def numbered(blocks: tuple[Block, ...], level: int = 1) -> Iterator[tuple[str, Block]]:
    """Each block with its label: I., 1. or a) for a section that prints something, else nothing."""
    position = 0
    for block in blocks:
        counts = isinstance(block, Section) and has_content(block)
        position += counts
        yield (label(position, level) if counts else ""), block


def flow(blocks: tuple[Block, ...], where: str, level: int = 1) -> Iterator[tuple[int, str, str, Block]]:
    """The tree in reading order as (level, label, place, block); a Section stands for its heading.

    The place is the key of the section and the block's position in it: what is added to one section moves
    no place of another.
    """
    leaves = 0
    for position, (label_text, block) in enumerate(numbered(blocks, level), 1):
        if isinstance(block, Section):
            inner = block.key or f"{where}.{position}"
            yield level, label_text, inner, block
            yield from flow(block.blocks, inner, level + 1)
        else:
            leaves += 1
            yield level, label_text, f"{where}:{leaves}", block


def figures_of(block: Block, spot: str) -> Iterator[tuple[str, Figure]]:
    """The figures of a block that is no section, each with the name of its place."""
    if isinstance(block, Paragraph):
        yield from ((f"{spot}:{name}", part) for name, part in block.parts() if isinstance(part, Figure))
    elif isinstance(block, Bullets):
        for position, item in enumerate(block.items, 1):
            yield from figures_of(item, f"{spot}.{position}")
    elif isinstance(block, Table | Chart):
        rows = (block if isinstance(block, Table) else block.table).all_rows
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells, 1):
                if isinstance(cell, Figure):
                    yield f"{spot}:{row}.{column}", cell


def listed(items: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of a list of names: each ends in a semicolon, the last in a full stop."""
    return tuple(
        item.rstrip(".;") + (";" if position < len(items) else ".") for position, item in enumerate(items, 1)
    )


def label(position: int, level: int) -> str:
    """The number of a section as the decree writes it on each level: I., 1., a)."""
    return (f"{roman(position)}.", f"{position}.", f"{point_letter(position)})")[level - 1]


def roman(position: int) -> str:
    """The number in Roman digits, up to 39. Raises ValueError beyond."""
    if position > 39:
        raise ValueError(f"too many parts: {position}")
    written = ""
    for value, digits in ROMAN:
        times, position = divmod(position, value)
        written += digits * times
    return written


def point_letter(position: int) -> str:
    """The letter of the n-th điểm: a, b, c, d, đ, e, g ... y, aa, bb."""
    times, index = divmod(position - 1, len(POINT_LETTERS))
    return POINT_LETTERS[index] * (times + 1)
