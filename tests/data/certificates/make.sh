#!/usr/bin/env bash
# Makes the test certificates, keys and key stores with the openssl command line, which shares no
# code with what they test. Needs openssl 3 (with its legacy provider), python3 and keytool.
# The keys are for tests only. Running it again makes other keys: commit all outputs together.
set -euo pipefail
cd "$(dirname "$0")"
export LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cnf=openssl.cnf

key() { openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:${2:-2048}" -out "$work/$1.key" 2>/dev/null; }
state="/C=DK/O=Den Danske Stat/OU=Test - cti"
org="/C=DK/organizationIdentifier=NTRDK-12345674/O=Prøveselskabet Æblegrød A\/S/serialNumber=UI:DK-O:G:11111111-2222-3333-4444-555555555555/CN=Skiftesystem Åkirkeby"

# issue <name> <key> <subject> <issuer name> <issuer key> <extensions> [options of openssl x509/ca ...]
# With issuer name "self" the certificate signs itself.
serial=4096
issue() {
  local name=$1 key=$2 subject=$3 issuer=$4 issuer_key=$5 ext=$6; shift 6
  local start=20200101000000Z end=20491231235959Z hash=sha256 sig=()
  while [ $# -gt 0 ]; do case $1 in
    -start) start=$2; shift 2;; -end) end=$2; shift 2;; -hash) hash=$2; shift 2;;
    *) sig+=("$1"); shift;; esac; done
  serial=$((serial + 1))
  openssl req -new -utf8 -config "$cnf" -key "$work/$key.key" -subj "$subject" -out "$work/$name.csr"
  sign "$name" "$issuer" "$issuer_key" "$ext" "$start" "$end" "$hash" "${sig[@]}"
}
sign() {
  local name=$1 issuer=$2 issuer_key=$3 ext=$4 start=$5 end=$6 hash=$7; shift 7
  local dir="$work/ca-$name"; mkdir -p "$dir"; : > "$dir/index.txt"
  printf '%X\n' "$serial" > "$dir/serial"
  cat > "$dir/ca.cnf" <<CNF
[ca]
default_ca = this
[this]
database = $dir/index.txt
serial = $dir/serial
new_certs_dir = $dir
policy = any
unique_subject = no
preserve = yes
default_md = $hash
[any]
countryName = optional
organizationName = optional
organizationIdentifier = optional
organizationalUnitName = optional
serialNumber = optional
commonName = optional
CNF
  cat "$cnf" >> "$dir/ca.cnf"
  local by=(-cert "$issuer.pem" -keyfile "$work/$issuer_key.key")
  [ "$issuer" = self ] && by=(-selfsign -keyfile "$work/$issuer_key.key")
  local opts=()
  for o in "$@"; do opts+=(-sigopt "$o"); done
  openssl ca -batch -notext -utf8 -preserveDN -config "$dir/ca.cnf" "${by[@]}" -in "$work/$name.csr" \
    -out "$name.pem" -startdate "$start" -enddate "$end" -extensions "$ext" -md "$hash" "${opts[@]}" 2>"$work/log" || { cat "$work/log"; exit 1; }
}
pss() { echo "rsa_padding_mode:pss rsa_pss_saltlen:$1"; }

key root 3072; key issuing; key leaf; key other; key second
issue root root "$state/CN=Test rod-CA" self root root_ext -hash sha512 $(pss 64)
issue issuing issuing "$state/CN=Test udstedende-CA" root root issuing_ext -hash sha512 $(pss 64)
issue leaf leaf "$org" issuing issuing leaf_ext -hash sha256 $(pss 32)

# Signatures of each kind.
for hash in sha256 sha384 sha512; do
  for salt in 0 20 32 64; do
    issue "pss-$hash-$salt" leaf "$org" issuing issuing leaf_ext -hash $hash $(pss $salt)
  done
  issue "pkcs1-$hash" leaf "$org" issuing issuing leaf_ext -hash $hash
done
issue pkcs1-sha1 leaf "$org" issuing issuing leaf_ext -hash sha1
issue pss-sha1 leaf "$org" issuing issuing leaf_ext -hash sha1 $(pss 20)
issue pss-mgf-differs leaf "$org" issuing issuing leaf_ext -hash sha256 $(pss 32) rsa_mgf1_md:sha1

# Chains that must be refused.
issue expired leaf "$org" issuing issuing leaf_ext -start 20200101000000Z -end 20210101000000Z $(pss 32)
issue future leaf "$org" issuing issuing leaf_ext -start 20480101000000Z $(pss 32)
issue issuing-expired issuing "$state/CN=Test udstedende-CA" root root issuing_ext -end 20210101000000Z $(pss 32)
issue leaf-by-leaf other "$org" leaf leaf leaf_ext $(pss 32)
issue sub-ca other "$state/CN=Test CA under pathlen 0" issuing issuing ca_no_pathlen_ext $(pss 32)
issue leaf-by-sub-ca leaf "$org" sub-ca other leaf_ext $(pss 32)
issue signing-only-ca other "$state/CN=Test CA uden keyCertSign" root root issuing_no_keyusage_ext $(pss 32)
issue leaf-by-signing-only-ca leaf "$org" signing-only-ca other leaf_ext $(pss 32)
issue other-root other "$state/CN=Test rod-CA" self other root_ext $(pss 32)
issue other-issuing second "$state/CN=Test udstedende-CA" other-root other issuing_ext $(pss 32)
issue leaf-by-other-issuing leaf "$org" other-issuing second prod_leaf_ext $(pss 32)
issue constrained-ca other "$state/CN=Test CA med grænser" root root name_constraints_ext $(pss 32)
issue leaf-by-constrained-ca leaf "$org" constrained-ca other prod_leaf_ext $(pss 32)
issue critical leaf "$org" issuing issuing critical_ext $(pss 32)
issue noncritical leaf "$org" issuing issuing noncritical_ext $(pss 32)
key weak 1024
issue weak-ca weak "$state/CN=Test CA med kort nøgle" root root ca_no_pathlen_ext $(pss 32)
issue leaf-by-weak-ca leaf "$org" weak-ca weak leaf_ext $(pss 32)
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/ec.key"
issue ec-ca ec "$state/CN=Test CA med EC" root root ca_no_pathlen_ext $(pss 32)
issue leaf-by-ec-ca leaf "$org" ec-ca ec leaf_ext
issue ec-leaf ec "$org" issuing issuing leaf_ext $(pss 32)
openssl genpkey -quiet -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha256 -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32 -out "$work/psskey.key" 2>/dev/null
issue pss-key-ca psskey "$state/CN=Test CA med PSS-nøgle" root root ca_no_pathlen_ext $(pss 32)
issue leaf-by-pss-key-ca leaf "$org" pss-key-ca psskey leaf_ext $(pss 32)
# The root's key and name in a newer edition.
issue root-again root "$state/CN=Test rod-CA" self root root_ext -hash sha256 $(pss 32)

# What certificates are.
issue employee leaf "/C=DK/organizationIdentifier=NTRDK-12345674/O=Prøveselskabet/serialNumber=UI:DK-E:G:99999999-2222-3333-4444-555555555555/CN=Åse Æbelø" issuing issuing leaf_ext $(pss 32)
issue person leaf "/C=DK/serialNumber=UI:DK-P:G:88888888-2222-3333-4444-555555555555/CN=Søren Ærø" issuing issuing leaf_ext $(pss 32)
issue two-serials leaf "/C=DK/serialNumber=UI:DK-O:G:1/serialNumber=UI:DK-O:G:2/CN=To numre" issuing issuing leaf_ext $(pss 32)
issue no-serial leaf "/C=DK/O=Uden nummer/CN=Uden nummer" issuing issuing encryption_only_ext $(pss 32)
issue oces2-ca other "/C=DK/O=TRUST2408/CN=TRUST2408 Systemtest XIX CA" self other root_ext
issue oces2-function leaf "/C=DK/O=Prøveselskabet \/\/ CVR:12345674/CN=Skiftesystem (funktionscertifikat)+serialNumber=CVR:12345674-FID:87654321" oces2-ca other leaf_ext
issue oces2-company leaf "/C=DK/O=Prøveselskabet/CN=Prøveselskabet+serialNumber=CVR:12345674-UID:1166012977435" oces2-ca other leaf_ext
issue oces2-person leaf "/C=DK/O=Ingen organisatorisk tilknytning/CN=Søren+serialNumber=PID:9802-2002-2-000000000000" oces2-ca other leaf_ext
issue oces2-prod-ca other "/C=DK/O=TRUST2408/CN=TRUST2408 OCES CA III" self other root_ext
issue oces2-prod leaf "/C=DK/O=Prøveselskabet/CN=Prøveselskabet+serialNumber=CVR:12345674-UID:1" oces2-prod-ca other leaf_ext
issue prod-like-ca other "/C=DK/O=Den Danske Stat/CN=Den Danske Stat OCES udstedende-CA 1" self other root_ext
issue prod-like leaf "$org" prod-like-ca other prod_leaf_ext
issue lookalike leaf "$org" prod-like-ca other lookalike_leaf_ext

# A name in every string type. The certificates are put together by hand and signed by openssl, which
# chooses the type of a name itself.
python3 strings.py "$work/issuing.key" issuing.pem leaf.pem

# Altered after signing: one bit of the signed part, one bit of the signature.
openssl x509 -in leaf.pem -outform DER -out leaf.der
python3 - <<'PY'
der = bytearray(open("leaf.der", "rb").read())
sig = bytearray(der); sig[-5] ^= 1; open("tampered-signature.der", "wb").write(sig)
at = der.index(b"NTRDK-12345674"); tbs = bytearray(der); tbs[at + 13] = ord("5")
open("tampered-subject.der", "wb").write(tbs)
PY

# Keys.
openssl pkey -in "$work/leaf.key" -out leaf.pkcs8.pem
openssl pkey -in "$work/leaf.key" -outform DER -out leaf.pkcs8.der
openssl rsa -in "$work/leaf.key" -traditional -out leaf.pkcs1.pem 2>/dev/null
openssl rsa -in "$work/leaf.key" -traditional -outform DER -out leaf.pkcs1.der 2>/dev/null
openssl rsa -in "$work/leaf.key" -traditional -aes128 -passout pass:hemmelig -out leaf.traditional-encrypted.pem 2>/dev/null
for c in aes-128-cbc aes-192-cbc aes-256-cbc des3; do
  for prf in hmacWithSHA1 hmacWithSHA256 hmacWithSHA512; do
    openssl pkcs8 -topk8 -in "$work/leaf.key" -v2 $c -v2prf $prf -passout pass:hemmelig -out "leaf.$c-$prf.pem"
  done
done
openssl pkcs8 -topk8 -in "$work/leaf.key" -scrypt -passout pass:hemmelig -out leaf.scrypt.pem
openssl pkcs8 -topk8 -in "$work/leaf.key" -v1 PBE-SHA1-3DES -passout pass:hemmelig -provider legacy -provider default -outform DER -out leaf.pbe-3des.der
openssl pkcs8 -topk8 -in "$work/leaf.key" -v2 aes-256-cbc -passout pass:blåbærgrød -out leaf.aeoeaa.pem
cp "$work/ec.key" ec.pkcs8.pem

# Key stores. The password is "hemmelig" where the name says nothing else.
cat issuing.pem root.pem > "$work/cas.pem"
p12() { local out=$1; shift; openssl pkcs12 -export -inkey "$work/leaf.key" -in leaf.pem -out "$out.p12" "$@"; }
with="-certfile $work/cas.pem -passout pass:hemmelig"
p12 modern $with -name "Skiftesystem Æ"
p12 legacy $with -legacy
p12 legacy-3des $with -legacy -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES
p12 legacy-2des $with -legacy -certpbe PBE-SHA1-2DES -keypbe PBE-SHA1-2DES
p12 legacy-rc2-128 $with -legacy -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-RC2-128
p12 legacy-rc2-40 $with -legacy -certpbe PBE-SHA1-RC2-40 -keypbe PBE-SHA1-RC2-40
p12 legacy-rc4 $with -legacy -certpbe PBE-SHA1-RC4-128 -keypbe PBE-SHA1-RC4-128
for c in AES-128-CBC AES-192-CBC AES-256-CBC; do p12 "pbes2-${c,,}" $with -certpbe $c -keypbe $c; done
for m in sha1 sha224 sha256 sha384 sha512; do p12 "mac-$m" $with -macalg $m; done
p12 plain $with -certpbe NONE -keypbe NONE
p12 no-mac $with -nomac
p12 legacy-no-mac $with -nomac -legacy
p12 one-iteration $with -noiter -nomaciter
p12 many-iterations $with -iter 300000
p12 empty-password -certfile "$work/cas.pem" -passout pass:
p12 empty-password-legacy -certfile "$work/cas.pem" -passout pass: -legacy
p12 aeoeaa-password -certfile "$work/cas.pem" -passout pass:blåbærgrød
p12 aeoeaa-password-legacy -certfile "$work/cas.pem" -passout pass:blåbærgrød -legacy
p12 missing-chain -passout pass:hemmelig
p12 root-missing -certfile issuing.pem -passout pass:hemmelig
openssl pkcs12 -export -nokeys -in leaf.pem -certfile "$work/cas.pem" -passout pass:hemmelig -out no-key.p12
openssl pkcs12 -export -nocerts -inkey "$work/leaf.key" -passout pass:hemmelig -out no-certificate.p12
openssl pkcs12 -export -inkey "$work/ec.key" -in ec-leaf.pem -certfile "$work/cas.pem" -passout pass:hemmelig -out ec-key.p12
cat leaf.pem pkcs1-sha256.pem > "$work/two.pem"
openssl pkcs12 -export -inkey "$work/leaf.key" -in leaf.pem -certfile <(cat pkcs1-sha256.pem "$work/cas.pem") -passout pass:hemmelig -out several-certificates.p12

# Two keys in one file, and one whose certificates are all for others: keytool's stores.
issue second second "$(echo "$org" | sed 's/11111111/22222222/')" root root leaf_ext
openssl pkcs12 -export -inkey "$work/leaf.key" -in leaf.pem -certfile "$work/cas.pem" -name første -passout pass:hemmelig -out "$work/one.p12"
openssl pkcs12 -export -inkey "$work/second.key" -in second.pem -certfile root.pem -name anden -passout pass:hemmelig -out "$work/two.p12"
java="-srcstoretype PKCS12 -deststoretype PKCS12 -srcstorepass hemmelig -deststorepass hemmelig -noprompt"
rm -f several-keys.p12 java-legacy.p12
keytool -importkeystore $java -srckeystore "$work/one.p12" -destkeystore several-keys.p12 2>/dev/null
cp several-keys.p12 java.p12
keytool -importkeystore $java -srckeystore "$work/two.p12" -destkeystore several-keys.p12 2>/dev/null
keytool -J-Dkeystore.pkcs12.legacy -importkeystore $java -srckeystore "$work/one.p12" -destkeystore java-legacy.p12 2>/dev/null
# The same file in BER, as some programs write it: indefinite lengths, split octet strings.
python3 ber.py
