# The layers as static libraries, ground floor first. Each links the layers before it and what third-party
# code its section names.

# What a layer may use besides the layers before it.
set(CA_USES_base zlib)
set(CA_USES_lifecycle immer)
set(CA_USES_journal nlohmann_json)
set(CA_USES_sharing nlohmann_json sodium)
set(CA_USES_interop nlohmann_json zlib)
set(CA_USES_documents nlohmann_json cmark_gfm)
set(CA_USES_pdf harfbuzz zlib)
set(CA_USES_semantics nlohmann_json)
set(CA_USES_ui imgui)
set(CA_USES_app nlohmann_json)

# Shaders are embedded as one generated header, <shaders.h>, with one string a file.
file(GLOB CA_SHADERS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/shaders/*.glsl)
if(CA_SHADERS)
  set(CA_SHADER_HEADER ${CMAKE_BINARY_DIR}/generated/shaders.h)
  add_custom_command(
    OUTPUT ${CA_SHADER_HEADER}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${CA_SHADER_HEADER} "-DSHADERS=${CA_SHADERS}"
            -P ${CMAKE_SOURCE_DIR}/scripts/cmake/embed-shaders.cmake
    DEPENDS ${CA_SHADERS} ${CMAKE_SOURCE_DIR}/scripts/cmake/embed-shaders.cmake
    VERBATIM)
endif()

# The sample world's terms (src/app/sample_terms/*.md) are embedded likewise, as <sample_terms_text.h>.
file(GLOB CA_SAMPLE_TERMS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/app/sample_terms/*.md)
set(CA_SAMPLE_TERMS_HEADER ${CMAKE_BINARY_DIR}/generated/sample_terms_text.h)
add_custom_command(
  OUTPUT ${CA_SAMPLE_TERMS_HEADER}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${CA_SAMPLE_TERMS_HEADER} -DNAMESPACE=ca::app::sample_terms_text
          "-DTEXTS=${CA_SAMPLE_TERMS}" -P ${CMAKE_SOURCE_DIR}/scripts/cmake/embed-texts.cmake
  DEPENDS ${CA_SAMPLE_TERMS} ${CMAKE_SOURCE_DIR}/scripts/cmake/embed-texts.cmake
  VERBATIM)

# The hash of the sources that read and fold a journal: a snapshot is good for one such hash (src/journal/snapshot.h).
file(GLOB CA_FOLDING CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/base/* ${CMAKE_SOURCE_DIR}/src/lifecycle/* ${CMAKE_SOURCE_DIR}/src/journal/*)
set(CA_PROGRAM_HASH ${CMAKE_BINARY_DIR}/generated/program_hash.cpp)
add_custom_command(
  OUTPUT ${CA_PROGRAM_HASH}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${CA_PROGRAM_HASH} "-DSOURCES=${CA_FOLDING}" -P ${CMAKE_SOURCE_DIR}/scripts/cmake/program-hash.cmake
  DEPENDS ${CA_FOLDING} ${CMAKE_SOURCE_DIR}/scripts/cmake/program-hash.cmake
  VERBATIM)

set(CA_LAYER_LIBRARIES "")
foreach(layer IN LISTS CA_LAYERS)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${layer}/*.cpp)
  if(NOT sources)
    continue()
  endif()
  add_library(ca_${layer} STATIC ${sources})
  ca_own(ca_${layer})
  target_include_directories(ca_${layer} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(ca_${layer} PUBLIC ${CA_LAYER_LIBRARIES} ${CA_USES_${layer}})
  if(layer STREQUAL "ui" AND CA_SHADERS)
    target_sources(ca_ui PRIVATE ${CA_SHADER_HEADER})
    target_include_directories(ca_ui PRIVATE ${CMAKE_BINARY_DIR}/generated)
  endif()
  if(layer STREQUAL "journal")
    target_sources(ca_journal PRIVATE ${CA_PROGRAM_HASH})
  endif()
  if(layer STREQUAL "app")
    target_sources(ca_app PRIVATE ${CA_SAMPLE_TERMS_HEADER})
    target_include_directories(ca_app PRIVATE ${CMAKE_BINARY_DIR}/generated)
  endif()
  list(PREPEND CA_LAYER_LIBRARIES ca_${layer})
endforeach()
