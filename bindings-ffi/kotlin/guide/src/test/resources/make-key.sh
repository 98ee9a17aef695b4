# Makes a key on a token and asks for its certificate: the alias, its name, the files.
set -e
alias=$1 name=$2 pkcs11=$3 request=$4
# snippet: make_key
token="-keystore NONE -storetype PKCS11 -addprovider SunPKCS11 -providerarg $pkcs11 -storepass:env PIN"
keytool $token -genkeypair -alias "$alias" -keyalg RSA -keysize 3072 -dname "CN=$name"
keytool $token -certreq -alias "$alias" -file "$request"
# end of snippet
