# Writes the function that names the sources which read and fold a journal: cmake -DOUTPUT=… -DSOURCES=… -P program-hash.cmake
set(all "")
foreach(source IN LISTS SOURCES)
  file(SHA256 ${source} hash)
  string(APPEND all "${hash}\n")
endforeach()
string(SHA256 hash "${all}")
file(WRITE ${OUTPUT} "#include \"journal/snapshot.h\"\n\nstd::string_view ca::journal::program() { return \"${hash}\"; }\n")
