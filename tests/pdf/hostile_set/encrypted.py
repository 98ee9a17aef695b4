"""Encrypted files."""

from __future__ import annotations

from . import codecs
from .ciphers import Handler
from .expected import Case, Facts, Finding, made, script_at, trick
from .writer import Pdf, document, object_stream, packed, pages

AREA = "encrypted"
_LABEL = {
    ("RC4", 2): "RC4-40 R2",
    ("RC4", 3): "RC4-128 R3",
    ("RC4", 4): "RC4-128 R4",
    ("AES-128", 4): "AES-128 R4",
    ("AES-256", 5): "AES-256 R5",
    ("AES-256", 6): "AES-256 R6",
}
_WORDS = {
    ("RC4", 2): "RC4 with 40 bits",
    ("RC4", 3): "RC4 with 128 bits",
    ("RC4", 4): "RC4 with 128 bits by a crypt filter",
    ("AES-128", 4): "AES with 128 bits",
    ("AES-256", 5): "AES with 256 bits as Acrobat 9 had it",
    ("AES-256", 6): "AES with 256 bits",
}
_ENCRYPTED = Finding("encrypted", 30, "Trailer/Encrypt")
_TRAILER = (
    "/Root 1 0 R/Encrypt 30 0 R/ID[<30313233343536373839616263646566><30313233343536373839616263646566>]"
)


def _facts(handler: Handler, opens: bool = True) -> Facts:
    label = _LABEL[(handler.method, handler.revision)]
    return Facts(encryption=label if opens else label + " locked")


def _base(handler: Handler, catalog: str = "", page: str = "") -> Pdf:
    pdf = Pdf()
    pdf.handler = handler
    return pdf.add_all(pages(catalog, page))


def _close(pdf: Pdf, handler: Handler) -> Pdf:
    pdf.add(30, handler.dictionary)
    return pdf


def _address(handler: Handler) -> str:
    address = handler.text(6, b"javascript:app.alert(1)")
    return f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI{address}>>>>"


def _opens(key: str, revision: int) -> Case:
    handler = Handler(key, revision)
    pdf = _close(_base(handler, page="/Annots[6 0 R]").add(6, _address(handler)), handler)
    found = [_ENCRYPTED, script_at(6, "Page 1/Annots[0]/A", 1)]
    return Case(pdf.end(_TRAILER), found, facts=_facts(handler))


def _object_stream(key: str, revision: int) -> Case:
    handler = Handler(key, revision)
    pdf = _base(handler, catalog="/OpenAction 6 0 R")
    inner = {6: "<</S/JavaScript/JS(app.alert\\(1\\))>>"}
    pdf.pack(10, inner)
    pdf.add(10, object_stream(inner, codecs.flate(packed(inner)), "/Filter/FlateDecode"))
    _close(pdf, handler).xref_stream(31, _TRAILER)
    return Case(pdf.whole(), [_ENCRYPTED, script_at(6, "Root/OpenAction")], facts=_facts(handler))


def _variants() -> None:
    for (method, revision), label in _LABEL.items():
        name = label.lower().replace("-", "_").replace(" ", "_")
        words = _WORDS[(method, revision)]

        def string(method: str = method, revision: int = revision) -> Case:
            return _opens(method, revision)

        def container(method: str = method, revision: int = revision) -> Case:
            return _object_stream(method, revision)

        made(AREA, name, f"An owner password alone, {words}: a link's address is a script.", string)
        made(
            AREA,
            name + "_object_stream",
            f"An owner password alone, {words}: the script is in an encrypted object stream.",
            container,
        )


_variants()


def _locked(handler: Handler) -> Case:
    pdf = _close(_base(handler), handler)
    facts = _facts(handler, opens=False)
    return Case(pdf.end(_TRAILER), [Finding("password_needed", 30, "Trailer/Encrypt")], facts=facts)


@trick(AREA)
def password_rc4() -> Case:
    """RC4 with 128 bits, and the user password `x`."""
    return _locked(Handler("RC4", 3, user=b"x"))


@trick(AREA)
def password_aes_256() -> Case:
    """AES with 256 bits, and the user password `x`."""
    return _locked(Handler("AES-256", 6, user=b"x"))


@trick(AREA)
def password_and_open_script() -> Case:
    """A password is needed, and the script's names, which are never encrypted, are in the open."""
    handler = Handler("RC4", 3, user=b"x")
    action = "<</S/JavaScript/JS{}>>".format(handler.text(1, b"app.alert(1)"))
    pdf = _close(_base(handler, catalog="/OpenAction" + action), handler)
    found = [Finding("password_needed", 30, "Trailer/Encrypt"), script_at(1, "Root/OpenAction")]
    return Case(pdf.end(_TRAILER), found, facts=_facts(handler, opens=False))


def _script_link(handler: Handler, trailer: str = _TRAILER) -> Case:
    pdf = _close(_base(handler, page="/Annots[6 0 R]").add(6, _address(handler)), handler)
    found = [_ENCRYPTED, script_at(6, "Page 1/Annots[0]/A", 1)]
    return Case(pdf.end(trailer), found, facts=_facts(handler))


@trick(AREA)
def length_in_bytes() -> Case:
    """/Length of the encryption is 16, as writers say that count in bytes."""
    handler = Handler("RC4", 3)
    handler.dictionary = handler.dictionary.replace("/Length 128", "/Length 16")
    return _script_link(handler)


@trick(AREA)
def no_file_id() -> Case:
    """The trailer has no /ID, and the key was made with an empty one."""
    return _script_link(Handler("RC4", 3, file_id=b""), "/Root 1 0 R/Encrypt 30 0 R")


@trick(AREA)
def metadata_in_the_open() -> Case:
    """/EncryptMetadata is false, which is part of the key."""
    return _script_link(Handler("AES-128", 4, metadata=False))


@trick(AREA)
def long_user_entry() -> Case:
    """/U and /O of revision 6 are padded with zeros to 127 bytes."""
    handler = Handler("AES-256", 6)
    for key in ("/U<", "/O<"):
        start = handler.dictionary.index(key) + len(key)
        end = handler.dictionary.index(">", start)
        assert end - start == 96
        handler.dictionary = handler.dictionary[:end] + "00" * 79 + handler.dictionary[end:]
    return _script_link(handler)


@trick(AREA)
def dictionary_in_trailer() -> Case:
    """The encryption's dictionary stands in the trailer itself."""
    handler = Handler("RC4", 3)
    pdf = _base(handler, page="/Annots[6 0 R]").add(6, _address(handler))
    trailer = _TRAILER.replace("30 0 R", handler.dictionary)
    found = [Finding("encrypted", None, "Trailer/Encrypt"), script_at(6, "Page 1/Annots[0]/A", 1)]
    return Case(pdf.end(trailer), found, facts=_facts(handler))


@trick(AREA)
def streams_in_the_open() -> Case:
    """The filter of streams is Identity: strings alone are encrypted."""
    handler = Handler("AES-128", 4, plain_streams=True)
    pdf = _base(handler, catalog="/OpenAction 6 0 R")
    inner = {6: "<</S/JavaScript/JS(app.alert\\(1\\))>>"}
    pdf.pack(10, inner)
    pdf.add(10, object_stream(inner))
    _close(pdf, handler).xref_stream(31, _TRAILER)
    return Case(pdf.whole(), [_ENCRYPTED, script_at(6, "Root/OpenAction")], facts=_facts(handler))


@trick(AREA)
def one_stream_in_the_open() -> Case:
    """The object stream with the script has a Crypt filter named Identity."""
    handler = Handler("AES-128", 4)
    pdf = _base(handler, catalog="/OpenAction 6 0 R")
    inner = {6: "<</S/JavaScript/JS(app.alert\\(1\\))>>"}
    pdf.pack(10, inner)
    pdf.handler = None
    pdf.add(10, object_stream(inner, None, "/Filter[/Crypt]/DecodeParms[<</Name/Identity>>]"))
    pdf.handler = handler
    _close(pdf, handler).xref_stream(31, _TRAILER)
    return Case(pdf.whole(), [_ENCRYPTED, script_at(6, "Root/OpenAction")], facts=_facts(handler))


@trick(AREA)
def generation_in_key() -> Case:
    """The object with the address has generation 3, which is part of its key."""
    handler = Handler("RC4", 3)
    address = handler.text(6, b"javascript:app.alert(1)", 3)
    link = f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI{address}>>>>"
    pdf = _base(handler, page="/Annots[6 3 R]").add(6, link, generation=3)
    found = [_ENCRYPTED, Finding("javascript", 6, "Page 1/Annots[0]/A", 1, generation=3)]
    return Case(_close(pdf, handler).end(_TRAILER), found, facts=_facts(handler))


@trick(AREA)
def cut_block() -> Case:
    """The encrypted address has three bytes more than whole blocks of AES, which are cut."""
    handler = Handler("AES-128", 4)
    address = handler.text(6, b"javascript:app.alert(1)")[:-1] + "010203>"
    link = f"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI{address}>>>>"
    pdf = _close(_base(handler, page="/Annots[6 0 R]").add(6, link), handler)
    found = [_ENCRYPTED, script_at(6, "Page 1/Annots[0]/A", 1)]
    return Case(pdf.end(_TRAILER), found, facts=_facts(handler))


@trick(AREA)
def harmless() -> Case:
    """An owner password alone, and nothing in the file: it is encrypted, and that is all."""
    handler = Handler("AES-128", 4)
    return Case(_close(_base(handler), handler).end(_TRAILER), [_ENCRYPTED], facts=_facts(handler))


@trick(AREA)
def unknown_handler() -> Case:
    """The encryption is by a handler that no one knows: what is in the file cannot be told."""
    pdf = document({30: "<</Filter/Secret.Handler/V 1/R 2>>"})
    return Case(pdf.end(_TRAILER), [_ENCRYPTED], "unreadable", Facts(encryption="Secret.Handler locked"))


@trick(AREA)
def public_key() -> Case:
    """The encryption is for certain people's certificates: an encryption that the check does not know."""
    pdf = document({30: "<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s4/V 1/Recipients[<00>]>>"})
    return Case(pdf.end(_TRAILER), [_ENCRYPTED], "unreadable", Facts(encryption="Adobe.PubSec locked"))


@trick(AREA)
def encrypt_is_null() -> Case:
    """The trailer's /Encrypt names an object that is not there: the file is not encrypted."""
    return Case(document().end("/Root 1 0 R/Encrypt 77 0 R"), [])


@trick(AREA)
def update_without_encrypt() -> Case:
    """The trailer of an update leaves /Encrypt out; the objects of the first revision stay encrypted."""
    handler = Handler("RC4", 3)
    pdf = _close(_base(handler, page="/Annots[6 0 R]").add(6, _address(handler)), handler).table(_TRAILER)
    pdf.add(7, "<<>>").table("/Root 1 0 R")
    found = [_ENCRYPTED, script_at(6, "Page 1/Annots[0]/A", 1)]
    facts = _facts(handler)._replace(revisions=2)
    return Case(pdf.whole(), found, facts=facts)
