# GitHub's places begin at the repository's root, from whichever folder lettergen is started.
mkdir -p .git letters/spring
mv recipients.yaml templates letters/spring
lettergen -C letters/spring check --quiet --message-format github
lettergen -C "$PWD/letters/spring" check --quiet --message-format github
cd letters
lettergen -C spring check --quiet --message-format github
cd spring
lettergen check --quiet --message-format github
# Without a repository, they begin at the workspace, or else in the folder where lettergen is started.
rmdir ../../.git
GITHUB_WORKSPACE="$(cd ../.. && pwd)" lettergen check --quiet --message-format github
lettergen check --quiet --message-format github
cd ..
lettergen -C spring check --quiet --message-format github
