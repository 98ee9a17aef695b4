"""Our PDF check beside an independent one, over a folder, kind by kind.

The other side is pikepdf (qpdf), which walks every object that the file's cross-reference data lists, by
rules of its own, below. It shares no code with the check, and is simpler on purpose: it does not look
into what an update replaced, nor into objects that are listed nowhere.

`cargo xtask pdf-compare DIR` runs it with the packages that it needs."""

import argparse
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

# The kinds that both sides know, in the order in which they are printed. The names are the check's.
KINDS = [
    "damaged",
    "password_needed",
    "encrypted",
    "javascript",
    "embedded_file",
    "automatic_link",
    "uri_link",
    "go_to_remote",
    "go_to_embedded",
    "launch",
    "submit_form",
    "import_data",
    "reset_form",
    "full_page_link",
    "full_page_internal_link",
    "xfa",
    "movie",
    "sound",
    "three_d",
    "rich_media",
    "pages",
]

# What an action's type makes of it when somebody clicks.
ACTIONS = {
    "/JavaScript": "javascript",
    "/URI": "uri_link",
    "/GoToR": "go_to_remote",
    "/GoToE": "go_to_embedded",
    "/Launch": "launch",
    "/SubmitForm": "submit_form",
    "/ImportData": "import_data",
    "/ResetForm": "reset_form",
    "/Movie": "movie",
    "/Sound": "sound",
    "/RichMediaExecute": "rich_media",
}
# Types that leave the document: without a click, they are automatic links.
LEAVING = {"/URI", "/GoToR", "/GoToE", "/Launch", "/SubmitForm"}
# Events of an annotation that are clicks: a mouse button goes down, or up.
CLICKS = {"/D", "/U"}
ANNOTATIONS = {
    "/FileAttachment": "embedded_file",
    "/Movie": "movie",
    "/Sound": "sound",
    "/3D": "three_d",
    "/RichMedia": "rich_media",
}
STREAMS = {"/Sound": "sound", "/3D": "three_d"}
# Scripts of XFA are in FormCalc, unless they say otherwise.
SCRIPT = re.compile(rb"<(?:\w+:)?script\b[^>]*javascript", re.IGNORECASE)
# The part of a page from which links cover it.
COVER = 0.9


class Seen:
    """What was seen in one file: for each kind, where first."""

    def __init__(self):
        self.kinds = {}
        self.pages = None
        self.error = None

    def add(self, kind, where):
        self.kinds.setdefault(kind, where)


# --- pikepdf ------------------------------------------------------------------------------------


def walk(source):
    """What pikepdf sees in a file, given as a path or an open file."""
    import pikepdf

    seen = Seen()
    try:
        pdf = pikepdf.open(source, suppress_warnings=True)
    except pikepdf.PasswordError:
        seen.add("password_needed", "")
        seen.error = "password"
        return seen
    except Exception as failure:  # Any failure of the reader is a fact about it.
        known = "unsupported encryption" not in str(failure)
        seen.add("damaged" if known else "encrypted", "")
        text = str(failure).removeprefix(str(source)).lstrip(": ")
        seen.error = text.splitlines()[0] if text else type(failure).__name__
        return seen
    with pdf:
        try:
            Walk(pikepdf, pdf, seen).run()
        except Exception as failure:
            seen.error = f"{type(failure).__name__}: {failure}"
    return seen


class Walk:
    def __init__(self, pikepdf, pdf, seen):
        self.pdf = pdf
        self.seen = seen
        self.Dictionary, self.Array = pikepdf.Dictionary, pikepdf.Array
        self.Stream, self.Name, self.String = pikepdf.Stream, pikepdf.Name, pikepdf.String
        # Actions that run without a click, by their numbers; those without a number are known by
        # where they stand.
        self.automatic = set()

    def run(self):
        if self.pdf.is_encrypted:
            self.seen.add("encrypted", "")
        catalog = self.pdf.Root
        if self.dictlike(catalog):
            self.run_without_click(catalog.get("/OpenAction"), "Root/OpenAction")
            self.form(catalog.get("/AcroForm"))
        for number, thing in enumerate(self.pdf.objects, 1):
            try:
                self.indirect(thing, str(thing.objgen[0]) if thing.is_indirect else str(number))
            except (ValueError, TypeError, AttributeError, RuntimeError):
                continue
        self.geometry()

    def dictlike(self, thing):
        return isinstance(thing, (self.Dictionary, self.Stream))

    def name(self, holder, key):
        value = holder.get(key)
        return str(value) if isinstance(value, self.Name) else None

    def indirect(self, thing, where):
        """Looks at everything that one object holds itself, with a list of its own."""
        waiting = [(thing, thing.is_indirect and thing.objgen in self.automatic)]
        while waiting:
            one, automatic = waiting.pop()
            if self.dictlike(one):
                self.dictionary(one, where)
                if self.name(one, "/Type") != "/StructElem":
                    self.action(one, automatic, where)
                children = [(key, one.get(key)) for key in one.keys()]
            elif isinstance(one, self.Array):
                children = [("", child) for child in one]
            else:
                continue
            for key, child in children:
                held = self.dictlike(child) or isinstance(child, self.Array)
                if not held or child.is_indirect:
                    continue
                if key == "/AA" and self.dictlike(child):
                    for event in child.keys():
                        action = child.get(event)
                        if self.dictlike(action) and not action.is_indirect:
                            waiting.append((action, not self.click(one, event)))
                else:
                    follows = automatic and key in ("/Next", "")
                    waiting.append((child, key == "/OpenAction" or follows))

    @staticmethod
    def click(holder, event):
        return event in CLICKS and "/Rect" in holder

    def dictionary(self, one, where):
        kind = self.name(one, "/Type")
        subtype = self.name(one, "/Subtype")
        if subtype in ANNOTATIONS and "/Rect" in one:
            self.seen.add(ANNOTATIONS[subtype], where)
        if isinstance(one, self.Stream) and kind in STREAMS:
            self.seen.add(STREAMS[kind], where)
        # Usage rights know an /EF of another sense: an array of names.
        files = one.get("/EF")
        if isinstance(files, self.Dictionary) and len(files.keys()):
            self.seen.add("embedded_file", where)
        events = one.get("/AA")
        if isinstance(events, self.Dictionary):
            for key in events.keys():
                if not self.click(one, key):
                    self.run_without_click(events.get(key), where)

    def action(self, one, automatic, where):
        verb = self.name(one, "/S")
        script = one.get("/JS")
        if isinstance(script, (self.String, self.Stream)):
            self.seen.add("javascript", where)
        if verb == "/Rendition" and self.dictlike(one.get("/R")):
            self.seen.add("movie", where)
        if verb not in ACTIONS:
            return
        if verb == "/URI":
            address = one.get("/URI")
            if address is None:
                return
            if bytes(address).strip().lower().startswith(b"javascript:"):
                self.seen.add("javascript", where)
                return
            # A link is what one clicks.
            if automatic:
                return
        self.seen.add(ACTIONS[verb], where)

    def run_without_click(self, action, where):
        """An action that an event starts, and those that follow it."""
        waiting, known = [action], set()
        while waiting:
            one = waiting.pop()
            if isinstance(one, self.Array):
                # A destination is an array too, but it does not begin with a dictionary of an action.
                waiting.extend(part for part in one if self.dictlike(part) and "/S" in part)
                continue
            if not self.dictlike(one) or (one.is_indirect and one.objgen in known):
                continue
            known.add(one.objgen)
            if self.name(one, "/S") in LEAVING:
                self.seen.add("automatic_link", where)
                if one.is_indirect:
                    self.automatic.add(one.objgen)
            waiting.append(one.get("/Next"))

    def form(self, form):
        if not self.dictlike(form) or form.get("/XFA") is None:
            return
        packets = form.get("/XFA")
        parts = list(packets) if isinstance(packets, self.Array) else [packets]
        parts = [part for part in parts if isinstance(part, self.Stream)]
        if parts:
            self.seen.add("xfa", "XFA")
        for part in parts:
            if SCRIPT.search(part.read_bytes()):
                self.seen.add("javascript", "XFA")

    # Links over whole pages.

    def geometry(self):
        self.seen.pages = len(self.pdf.pages)
        for number, page in enumerate(self.pdf.pages, 1):
            try:
                self.page(number, page)
            except (ValueError, TypeError, AttributeError, RuntimeError):
                continue

    def page(self, number, page):
        annotations = page.obj.get("/Annots")
        if not isinstance(annotations, self.Array):
            return
        area = box(page.mediabox, box(page.cropbox, None))
        outside, inside = [], []
        for annotation in annotations:
            if not self.dictlike(annotation) or self.draws(annotation):
                continue
            leaves = self.leaves(annotation)
            if leaves is not None:
                rectangle = box(annotation.get("/Rect"), area)
                (outside if leaves else inside).append(rectangle)
        for kind, rectangles in [
            ("full_page_link", outside),
            ("full_page_internal_link", inside),
        ]:
            if covered(area, rectangles) >= COVER:
                self.seen.add(kind, f"page {number}")

    def leaves(self, annotation):
        """Whether a click leaves the document; None if it does nothing."""
        action = annotation.get("/A")
        if self.dictlike(action):
            verb = self.name(action, "/S")
            if verb == "/GoTo":
                return False
            return True if verb in ACTIONS and verb != "/JavaScript" else None
        return False if annotation.get("/Dest") is not None else None

    def draws(self, annotation):
        if self.name(annotation, "/Subtype") != "/Link":
            return True
        appearance = annotation.get("/AP")
        if self.dictlike(appearance) and "/N" in appearance:
            return True
        style = annotation.get("/BS")
        if self.dictlike(style):
            return float(style.get("/W", 1)) > 0
        border = annotation.get("/Border")
        if isinstance(border, self.Array) and len(border) >= 3:
            return float(border[2]) > 0
        return True


def box(rectangle, within):
    """Left, bottom, right, top; cut to another one."""
    try:
        a, b, c, d = (float(number) for number in rectangle)
    except (TypeError, ValueError):
        return within or (0, 0, 0, 0)
    left, right, bottom, top = min(a, c), max(a, c), min(b, d), max(b, d)
    if within:
        left, bottom = max(left, within[0]), max(bottom, within[1])
        right, top = min(right, within[2]), min(top, within[3])
    return left, bottom, max(left, right), max(bottom, top)


def covered(area, rectangles):
    """The part of an area that rectangles cover together: strip by strip."""
    whole = (area[2] - area[0]) * (area[3] - area[1])
    if whole <= 0 or not rectangles:
        return 0
    edges = sorted({x for r in rectangles for x in (r[0], r[2])})
    total = 0
    for left, right in zip(edges, edges[1:]):
        reach, length = float("-inf"), 0
        over = sorted((r[1], r[3]) for r in rectangles if r[0] <= left and r[2] >= right)
        for low, high in over:
            if high > reach:
                length += high - max(low, reach)
                reach = high
        total += length * (right - left)
    return total / whole


# --- labels -------------------------------------------------------------------------------------

LABELS = {
    "javascript": "javascript",
    "xfa_script": "javascript",
    "xfa": "xfa",
    "uri_actions": "uri_link",
    "gotor": "go_to_remote",
    "gotoe": "go_to_embedded",
    "launch": "launch",
    "submitform": "submit_form",
    "submit_form": "submit_form",
    "importdata": "import_data",
    "import_data": "import_data",
    "resetform": "reset_form",
    "reset_form": "reset_form",
    "embedded_files": "embedded_file",
    "movie": "movie",
    "sound": "sound",
    "three_d": "three_d",
    "3d": "three_d",
    "rich_media": "rich_media",
    "richmedia": "rich_media",
    "full_page_link": "full_page_link",
}
# What labels tell that is no finding: links within the document, links that one sees, and what another
# label tells already.
NO_KIND = {"internal_links", "large_visible_link", "uri_links", "link_gotor", "ef_typed_xfa_only"}


def labelled(label, unknown):
    seen = Seen()
    for name, hit in label.get("findings", {}).items():
        kind = LABELS.get(name)
        if kind:
            seen.add(kind, str(hit.get("obj", "")))
        elif name not in NO_KIND:
            unknown.add(name)
    for event in label.get("auto", {}):
        if "/" + event.rsplit(":", 1)[-1] in LEAVING:
            seen.add("automatic_link", event)
    status = label.get("status", "ok")
    if status == "encrypted_needs_password":
        seen.add("password_needed", "")
    elif status.startswith("encrypted_open"):
        seen.add("encrypted", "")
    elif status == "unparseable":
        seen.add("damaged", "")
    # Where the tool that made the labels did not open the file, it says nothing of its contents.
    if "findings" not in label:
        seen.error = status
    seen.pages = label.get("pages")
    return seen


# --- ours ---------------------------------------------------------------------------------------


def ours(check, folder):
    """The check's reports, by path."""
    run = subprocess.run([check, "--json", folder], stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1, 2, 4):
        sys.exit(f"pdf-check ended with {run.returncode}")
    lines = run.stdout.decode("utf-8").splitlines()
    return {report["file"]: report for report in map(json.loads, lines)}


def reported(report):
    """What the check saw of what the other side can see; what an update replaced is not."""
    seen = Seen()
    for finding in report["findings"]:
        if finding["presence"] != "superseded":
            place = finding["path"]
            if finding["presence"] == "unreached":
                place += ", unreached"
            # A reader that cannot open a file does not say which of the two it is.
            kind = finding["kind"]
            seen.add("damaged" if kind == "not_a_pdf" else kind, place)
    seen.pages = report["facts"]["pages"]
    seen.error = report.get("undecidable")
    return seen


# --- both ---------------------------------------------------------------------------------------


class Comparison:
    def __init__(self):
        self.both, self.only_ours, self.only_theirs = (defaultdict(list) for _ in range(3))
        self.not_opened = []

    def add(self, file, mine, theirs):
        if theirs.error:
            self.not_opened.append(f"{file} ({theirs.error})")
        for kind in KINDS:
            if kind == "pages":
                self.pages(file, mine, theirs)
                continue
            we, they = mine.kinds.get(kind), theirs.kinds.get(kind)
            if we is not None and they is not None:
                self.both[kind].append((file, ""))
            elif we is not None:
                self.only_ours[kind].append((file, we))
            elif they is not None:
                self.only_theirs[kind].append((file, they))

    def pages(self, file, mine, theirs):
        """A count, not a kind: agreed where it is the same."""
        if theirs.pages is None:
            return
        if mine.pages == theirs.pages:
            self.both["pages"].append((file, ""))
        else:
            self.only_ours["pages"].append((file, f"{mine.pages}, not {theirs.pages}"))

    def disagreements(self):
        for side, found in [("ours", self.only_ours), ("theirs", self.only_theirs)]:
            for kind, files in found.items():
                for file, where in files:
                    yield file, kind, side, where

    def print(self, files):
        print(f"{'kind':<24} {'both':>6} {'only ours':>10} {'only theirs':>12}")
        for kind in KINDS:
            counts = [len(found[kind]) for found in (self.both, self.only_ours, self.only_theirs)]
            print(f"{kind:<24} {counts[0]:>6} {counts[1]:>10} {counts[2]:>12}")
            if kind == "pages":
                self.list("only ours", self.only_ours[kind])
                continue
            self.list("both", self.both[kind])
            self.list("only ours", self.only_ours[kind])
            self.list("only theirs", self.only_theirs[kind])
        for file in self.not_opened:
            print(f"not opened or not walked to the end by the other side: {file}")
        agreed = sum(len(files) for files in self.both.values())
        differ = sum(1 for _ in self.disagreements())
        print(f"{files} files; {agreed} agreements, {differ} disagreements")

    @staticmethod
    def list(what, files):
        for file, where in files:
            print(f"    {what}: {file}" + (f" ({where})" if where else ""))


def unexplained(comparison, explained):
    """The disagreements that a list does not explain, and the explanations of none."""
    listed = {(e["file"], e["kind"], e["only"]) for e in explained["disagreements"]}
    found = {(file, kind, side) for file, kind, side, _ in comparison.disagreements()}
    for file, kind, side in sorted(found - listed):
        yield f"not explained: {file}: {kind}, only {side}"
    for file, kind, side in sorted(listed - found):
        yield f"explained, but there is agreement: {file}: {kind}, only {side}"


def main():
    parser = argparse.ArgumentParser(prog="cargo xtask pdf-compare")
    parser.add_argument("--check", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--explained", type=Path)
    parser.add_argument("folder", metavar="DIR")
    arguments = parser.parse_args()
    if not os.path.isdir(arguments.folder):
        parser.error(f"{arguments.folder} is not a folder")

    labels = json.loads(arguments.labels.read_text("utf-8"))["files"] if arguments.labels else None
    comparison, unknown, count = Comparison(), set(), 0
    for path, report in ours(arguments.check, arguments.folder).items():
        file = Path(os.path.relpath(path, arguments.folder)).as_posix()
        if "error" in report:
            sys.exit(f"{file}: {report['error']}")
        if labels is None:
            theirs = walk(path)
        elif file in labels:
            theirs = labelled(labels[file], unknown)
        else:
            continue
        count += 1
        comparison.add(file, reported(report), theirs)
    comparison.print(count)
    for name in sorted(unknown):
        print(f"a label that is no kind here: {name}")
    if arguments.explained:
        explained = json.loads(arguments.explained.read_text("utf-8"))
        failures = list(unexplained(comparison, explained))
        for failure in failures:
            print(failure)
        if failures:
            sys.exit(1)


if __name__ == "__main__":
    main()
