# Puts the certificate and those that issued it beside their key: the alias, the files.
set -e
alias=$1 pkcs11=$2 chain=$3
token="-keystore NONE -storetype PKCS11 -addprovider SunPKCS11 -providerarg $pkcs11 -storepass:env PIN"
# snippet: import_chain
keytool $token -importcert -noprompt -alias "$alias" -file "$chain"
# end of snippet
