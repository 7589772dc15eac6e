"""Files that are damaged, cut, swollen or not what they say: an answer or a sentence, in bounds."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tools.soak.ground import Ground, run
from tools.soak.made_files import MADE


def attack(dice: Random, ground: Ground) -> list[str]:
    """Damage a file and give it to a command that reads such files."""
    make = dice.choice(MADE)
    path = ground.root / "damaged" / f"tệp {dice.randrange(10)}{dice.choice(make.endings)}"
    path.parent.mkdir(exist_ok=True)
    make.write(dice, path)
    how = _damage(dice, path)
    out = ground.root / "damaged" / "out"
    words = [word.format(file=path, out=out) for word in dice.choice(make.commands)]
    what = f"{' '.join(words)[:200]} ({make.write.__name__}, {how}, {path.stat().st_size} bytes)"
    return [f"{what}: {fault}" for fault in run(ground.filled, *words).faults()]


def _damage(dice: Random, path: Path) -> str:
    content = bytearray(path.read_bytes())
    kind = dice.choice(("none", "bits", "bits", "cut", "again", "noise", "head", "zeros"))
    at = dice.randrange(max(len(content), 1))
    match kind:
        case "bits":
            for _ in range(dice.choice((1, 3, 30))):
                place = dice.randrange(len(content))
                content[place] ^= 1 << dice.randrange(8)
        case "cut":
            del content[at:]
        case "again":
            content[at:at] = content[: dice.randrange(1, len(content) + 1)]
        case "noise":
            content[at : at + dice.randrange(1, 200)] = dice.randbytes(dice.randrange(1, 200))
        case "head":
            content[: dice.randrange(1, 16)] = dice.choice(
                (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"")
            )
        case "zeros":
            content[at:at] = bytes(dice.choice((1, 1000, 3_000_000)))
    path.write_bytes(content)
    return kind
