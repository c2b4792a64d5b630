#!/bin/sh
# Makes a repository DIR with two orders.
set -eu
git init -q -b main "$1"
mkdir -p "$1/src"
cp "$(dirname "$0")/orders.yaml" "$1/orders.yaml"
