"""Archives that say nothing of the day and the machine they were written on."""

import io
import zipfile

_FIRST = "[Content_Types].xml"
_DAY = (1980, 1, 1, 0, 0, 0)


def same_bytes(archive: bytes) -> bytes:
    """The archive with its entries in the order of their names (the list of contents first, as readers
    of office files expect) and no times: the same entries give the same bytes.
    """
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as given,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(given.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, given.read(name))
    return written.getvalue()
