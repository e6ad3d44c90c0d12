#!/bin/sh
# `troupe` inside the image. PostgreSQL's initdb wants to know its user's name, and --user 12345 or OpenShift's users have none:
# nss_wrapper answers for them from a file of our own.
set -eu
if ! getent passwd "$(id -u)" >/dev/null; then
  names=$(mktemp -d)
  echo "troupe:x:$(id -u):$(id -g):Troupe:/tmp:/usr/sbin/nologin" >"$names/passwd"
  echo "troupe:x:$(id -g):" >"$names/group"
  export NSS_WRAPPER_PASSWD="$names/passwd" NSS_WRAPPER_GROUP="$names/group" LD_PRELOAD=libnss_wrapper.so
fi
exec node /opt/troupe/bin/troupe.mjs "$@"
