#include "interop/recognise.h"

#include "interop/tables.h"

using namespace ca;
using namespace ca::interop;
using namespace ca::interop::test;

TEST_CASE("files are told apart by what is in them") {
    auto kind = [](std::string_view name, std::string_view bytes) { return recognise(name, bytes).kind; };
    for (auto const& each : real_files()) CHECK(kind(each.name, each.bytes) == FileKind::servicenow);
    for (std::string const each : {"standard-terms-1.md", "special-terms.md", "acceptable-use-policy.md"})
        CHECK(kind(each, read_bytes(data + "terms/" + each)) == FileKind::terms);
    CHECK(kind("backup.txt", "{\"backup\":\"connection-agreements\",\"format\":1}") == FileKind::backup);
    CHECK(kind("x", " { \"backup\" : 1}") == FileKind::backup);
    CHECK(kind("x", "{\"result\": [") == FileKind::servicenow);
    CHECK(kind("x", "{") == FileKind::servicenow);
    CHECK(kind("ast_contract.json", "oops") == FileKind::servicenow);  // its reader says what is wrong
    CHECK(kind("terms.txt", "Just words.") == FileKind::terms);
    CHECK(kind("terms", "# Terms\n\nWords.") == FileKind::terms);
    CHECK(kind("terms", "---\ntitle: x\n---\n") == FileKind::terms);
    CHECK(kind("terms.md", "<table><tr><td>Words</td></tr></table>\n\n# Terms") == FileKind::terms);
    CHECK(kind("ast_contract.json", "\xef\xbb\xbf{\"result\": []}") == FileKind::servicenow);
}

TEST_CASE("what cannot be imported is named, with what can") {
    auto told = [](std::string_view name, std::string_view bytes, std::string_view words) {
        auto const found = recognise(name, bytes);
        CAPTURE(found.message);
        CHECK(found.kind == FileKind::unknown);
        CHECK(found.message.find(words) != std::string::npos);
        CHECK(found.message.find("What can be imported") != std::string::npos);
    };
    told("x.json", "", "empty");
    told("x", " \n", "empty");
    told("x", "%PDF-1.7", "PDF");
    told("x.xlsx", "PK\x03\x04...", "ZIP archive");
    told("x.xml", "<?xml version=\"1.0\"?>", "XML");
    told("x.html", "<html>", "web page");
    told("x.json", "[1]", "a bare list");
    told("x.csv", "a,b", "comma-separated");
    told("x", "\xff\xfe{", "UTF-16");
    told("x.bin", std::string_view("\x01\x00\x02", 3), "not a text file");
    told("x", "words", "cannot tell");
    told("ast_contract.json", "\r\n<!DOCTYPE html><html><title>Log in</title>", "asks to sign in");
    told("ast_contract.json", "\xef\xbb\xbf<HTML lang=en>", "web page");
    told("ast_contract.json", "<response><result/></response>", "XML");
    told("ast_contract.json", "\x1f\x8b\x08", "compressed");
    told("ast_contract.json", "PK\x03\x04", "ZIP archive");
    told("ast_contract.json", std::string_view("\0\0\0\0", 4), "nothing but zeros");
    told("ast_contract.json", std::string_view("{\0\"\0r\0", 6), "UTF-16");
    told("ast_contract.json", std::string_view("\0{\0\"", 4), "UTF-16");
    told("ast_contract.json", "\xfe\xff\0{", "UTF-16");
    told("terms.txt", "{\\rtf1 words}", "RTF");
    told("scan.json", "\x89PNG\r\n", "picture");
}

TEST_CASE("a table with tabs between its cells is no terms document, whatever it is called; a text with tabs is one") {
    for (std::string const name : {"agreements.txt", "agreements.md", "agreements"})
        for (std::string const table :
             {"Number\tState\nCNTR0000001\tActive\n", "Number\tState\r\nCNTR0000001\tActive\r\n\r\n",
              "\xef\xbb\xbfNumber\tState\tEnds\nCNTR0000001\tActive\t\n",
              "Number\tNote\nCNTR0000001\t\"two\nlines, and \"\"more\"\"\"\n", "Number\tState", "Jo\t7\nSam\t8",
              "No.\tName\n1.\tJo\n"}) {
            CAPTURE(table);
            auto const found = recognise(name, table);
            CHECK(found.kind == FileKind::unknown);
            CHECK(found.message.find("tabs between its cells") != std::string::npos);
        }
    for (std::string const text :
         {"1.\tThe supplier connects.\n2.\tThe supplier pays.\n", "(a)\tWords.\n(b)\tMore words.\n",
          "•\tWords\n•\tMore\n", "Just words.\n\tindented\n", "Words\tand\tmore\nbut no table\n",
          "# Terms\n\n| a\t| b |\n", "---\ntitle:\tx\n---\nA\tB\n", "\tcode\n\tcode\n"}) {
        CAPTURE(text);
        CHECK(recognise("terms.txt", text).kind == FileKind::terms);
    }
}
