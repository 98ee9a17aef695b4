#!/bin/sh
# Makes the encrypted files from plain.pdf: with qpdf 11.3, and with pypdf 7.1 for what qpdf does not write.
set -eu
cd "$(dirname "$0")"

encrypt() {
    out=$1
    shift
    qpdf --static-id --static-aes-iv --allow-weak-crypto --stream-data=preserve \
        --object-streams=disable plain.pdf --encrypt "$@" -- "$out"
}

encrypt rc4-40.pdf '' owner 40
encrypt rc4-128.pdf '' owner 128
encrypt rc4-128-v4.pdf '' owner 128 --force-V4
encrypt aes-128.pdf '' owner 128 --use-aes=y
encrypt aes-128-clear-metadata.pdf '' owner 128 --use-aes=y --cleartext-metadata
encrypt aes-256-r5.pdf '' owner 256 --force-R5
encrypt aes-256-r6.pdf '' owner 256
encrypt aes-256-r6-clear-metadata.pdf '' owner 256 --cleartext-metadata
encrypt aes-256-r6-owner.pdf user '' 256 --allow-insecure
encrypt rc4-128-locked.pdf user owner 128
encrypt aes-256-r6-locked.pdf user owner 256

python3 - <<'PYTHON'
from pypdf import PdfWriter
from pypdf._encryption import AlgV4


def write(name, algorithm, user, owner):
    writer = PdfWriter(clone_from="plain.pdf")
    writer.encrypt(user, owner, algorithm=algorithm)
    writer.write(name)


write("pypdf-aes-128.pdf", "AES-128", "", "owner")
write("pypdf-aes-256-r5.pdf", "AES-256-R5", "", "owner")
write("pypdf-aes-256-r6.pdf", "AES-256", "", "owner")

# An owner's password that is really empty: left to itself, pypdf puts the user's in its place.
compute = AlgV4.compute_O_value_key
AlgV4.compute_O_value_key = staticmethod(lambda _, revision, bits: compute(b"", revision, bits))
write("pypdf-rc4-40-owner.pdf", "RC4-40", "user", "owner")
write("pypdf-rc4-128-owner.pdf", "RC4-128", "user", "owner")
PYTHON
