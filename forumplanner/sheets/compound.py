"""The wrapping of files of the older kind: a small file system in a file, of which one stream is wanted."""

from collections.abc import Iterator
from struct import error, unpack_from

_END = 0xFFFFFFFA
"""From here on a number marks the end of a chain, or a sector that holds none."""
_ENTRY = 128


def read_stream(content: bytes, *names: str) -> bytes | None:
    """The stream of the first of these names that is there; None where there is none, or it cannot be followed."""
    try:
        return _Compound(content).find(names)
    except (error, ValueError):
        return None


class _Compound:
    def __init__(self, content: bytes) -> None:
        self._content = content
        (shift,) = unpack_from("<H", content, 30)
        if shift not in (9, 12):
            raise ValueError
        self._size = 1 << shift
        self._cutoff: int = unpack_from("<I", content, 56)[0]
        self._next: list[int] = []
        for sector in self._sectors_of_table():
            self._next += unpack_from(f"<{self._size // 4}I", self._sector(sector))

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        found = self._content[at : at + self._size]
        # The last one may be cut short.
        return found.ljust(self._size, b"\0")

    def _sectors_of_table(self) -> Iterator[int]:
        """The sectors that say which sector follows which."""
        first, more = unpack_from("<II", self._content, 68)
        yield from (number for number in unpack_from("<109I", self._content, 76) if number < _END)
        for _ in range(min(more, len(self._content) // self._size)):
            if first >= _END:
                return
            numbers = unpack_from(f"<{self._size // 4}I", self._sector(first))
            yield from (number for number in numbers[:-1] if number < _END)
            first = numbers[-1]

    def _chain(self, number: int) -> bytes:
        pieces: list[bytes] = []
        while number < _END:
            if number >= len(self._next) or len(pieces) > len(self._next):
                raise ValueError
            pieces.append(self._sector(number))
            number = self._next[number]
        return b"".join(pieces)

    def find(self, names: tuple[str, ...]) -> bytes | None:
        directory = self._chain(unpack_from("<I", self._content, 48)[0])
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            (length,) = unpack_from("<H", directory, at + 64)
            name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            first, size = unpack_from("<II", directory, at + 116)
            # Smaller ones lie elsewhere; no program writes a workbook as small as that.
            if name in names and size >= self._cutoff:
                return self._chain(first)[:size]
        return None
