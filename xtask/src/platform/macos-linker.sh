#!/bin/sh
# Rust's linker for macOS, as maturin calls one: by an argument for compilers it tells a name for the library,
# which is dropped, since the flags of the build tell one.
for argument do
    shift
    case $argument in
    -Wl,-install_name,*) ;;
    *) set -- "$@" "$argument" ;;
    esac
done
exec rust-lld "$@"
