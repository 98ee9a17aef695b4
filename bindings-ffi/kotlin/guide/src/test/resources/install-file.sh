# Puts a jar into Maven's local repository: its path.
set -e
jar=$1
# snippet: install_file
mvn org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file -Dfile="$jar"
# end of snippet
