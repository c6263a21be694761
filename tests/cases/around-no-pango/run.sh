# A computer on which Pango cannot be loaded: whatever needs it says one thing, before other processes start.
mkdir lib
: >lib/libpango-1.0.so.0
LD_LIBRARY_PATH="$PWD/lib"
export LD_LIBRARY_PATH
lettergen build --jobs 2
lettergen build --job
lettergen show ada-lovelace --format pdf
lettergen check
lettergen build --format md --format html --only ada-lovelace
