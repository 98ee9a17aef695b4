"""Forms in XFA, and the scripts in them."""

from __future__ import annotations

from .codecs import flate
from .expected import Case, Facts, Finding, script_at, trick
from .writer import (
    Body,
    Stream,
    document,
    raw,
)

AREA = "xfa"


def _form(xfa: str, packets: dict[int, Body], found: list[Finding]) -> Case:
    objects: dict[int, Body] = {
        6: f"<</Fields[7 0 R]/XFA{xfa}>>",
        7: "<</FT/Tx/T(a)>>",
    }
    objects.update(packets)
    pdf = document(objects, catalog="/AcroForm 6 0 R")
    return Case(pdf.end(), [Finding("xfa", 6, "Root/AcroForm/XFA")] + found, facts=Facts(form=True))


_XDP = "<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'>"
_EVENT = "<template><event><script contentType='application/x-javascript'>a()</script></event></template>"


@trick(AREA)
def xfa_stream() -> Case:
    """The XFA form is one stream with a script."""
    packets: dict[int, Body] = {8: Stream(_XDP + _EVENT + "</xdp:xdp>")}
    return _form(" 8 0 R", packets, [script_at(8, "Root/AcroForm/XFA")])


@trick(AREA)
def xfa_packed() -> Case:
    """The XFA form's stream is packed, so that no string search sees the script."""
    packets: dict[int, Body] = {
        8: Stream(flate(raw(_XDP + _EVENT + "</xdp:xdp>")), "/Filter/FlateDecode"),
    }
    return _form(" 8 0 R", packets, [script_at(8, "Root/AcroForm/XFA")])


@trick(AREA)
def xfa_packets() -> Case:
    """The XFA form is an array of packets, of which the template has the script."""
    packets: dict[int, Body] = {8: Stream(_XDP), 9: Stream(_EVENT), 10: Stream("</xdp:xdp>")}
    return _form(
        "[(preamble)8 0 R(template)9 0 R(postamble)10 0 R]", packets, [script_at(9, "Root/AcroForm/XFA[3]")]
    )


@trick(AREA)
def xfa_split_word() -> Case:
    """The XFA form is cut into packets in the middle of the word `script`."""
    cut = _EVENT.index("script") + 3
    packets: dict[int, Body] = {8: Stream(_XDP + _EVENT[:cut]), 9: Stream(_EVENT[cut:] + "</xdp:xdp>")}
    return _form("[(a)8 0 R(b)9 0 R]", packets, [script_at(8, "Root/AcroForm/XFA[1]")])


@trick(AREA)
def xfa_utf16() -> Case:
    """The XFA form is in UTF-16."""
    packets: dict[int, Body] = {8: Stream((_XDP + _EVENT + "</xdp:xdp>").encode("utf-16"))}
    packets = {8: Stream(b"\xfe\xff" + (_XDP + _EVENT + "</xdp:xdp>").encode("utf-16-be"))}
    return _form(" 8 0 R", packets, [script_at(8, "Root/AcroForm/XFA")])


@trick(AREA)
def xfa_prefix() -> Case:
    """The XFA form's elements have a prefix, and a blank and a line break stand in the tag."""
    text = "<t:template xmlns:t='x'><t:script\n contentType = \"application/x-javascript\">a()</t:script></t:template>"
    return _form(" 8 0 R", {8: Stream(text)}, [script_at(8, "Root/AcroForm/XFA")])


@trick(AREA)
def xfa_formcalc() -> Case:
    """The XFA form calculates in FormCalc: no JavaScript, but every script of XFA counts as one."""
    text = (
        "<template><calculate><script contentType='application/x-formcalc'>1</script></calculate></template>"
    )
    return _form(" 8 0 R", {8: Stream(text)}, [script_at(8, "Root/AcroForm/XFA")])


@trick(AREA)
def xfa_without_script() -> Case:
    """The XFA form has no script; its text has the word."""
    text = "<template><draw><value><text>script JavaScript</text></value></draw></template>"
    return _form(" 8 0 R", {8: Stream(text)}, [])
