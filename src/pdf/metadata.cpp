#include "pdf/metadata.h"

#include "base/text.h"

namespace ca::pdf {

namespace {

std::string escape(std::string_view text) {
    std::string out;
    for (char const c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string element(std::string_view name, std::string_view text) {
    return '<' + std::string(name) + '>' + escape(text) + "</" + std::string(name) + ">\n";
}

std::string in_language(std::string_view name, std::string_view text) {
    return '<' + std::string(name) + "><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escape(text) +
           "</rdf:li></rdf:Alt></" + std::string(name) + ">\n";
}

std::string sequence(std::string_view name, std::string_view kind, std::string_view text) {
    return '<' + std::string(name) + "><rdf:" + std::string(kind) + "><rdf:li>" + escape(text) +
           "</rdf:li></rdf:" + std::string(kind) + "></" + std::string(name) + ">\n";
}

// Civil date and time of day in UTC, without the London calendar: a PDF's dates are instants.
struct Stamp {
    CivilDate date;
    int seconds = 0;
};
Stamp stamp(Instant instant) {
    constexpr std::int64_t day = 86400;
    std::int64_t days = instant.seconds / day;
    std::int64_t rest = instant.seconds % day;
    if (rest < 0) {
        rest += day;
        --days;
    }
    return {to_civil(Date{static_cast<std::int32_t>(days)}), static_cast<int>(rest)};
}

std::string digits(int value, int count) {
    std::string text = std::to_string(value);
    return std::string(
               static_cast<std::size_t>(count) > text.size() ? static_cast<std::size_t>(count) - text.size() : 0, '0') +
           text;
}

constexpr std::string_view uri_pdfa = "http://www.aiim.org/pdfa/ns/";

// PDF/A wants every property outside its own list described in the packet itself: here those of PDF/UA.
std::string extension_schema() {
    return "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"" + std::string(uri_pdfa) +
           "extension/\" xmlns:pdfaSchema=\"" + std::string(uri_pdfa) + "schema#\" xmlns:pdfaProperty=\"" +
           std::string(uri_pdfa) +
           "property#\">\n"
           "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
           "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\n"
           "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
           "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
           "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
           "<pdfaProperty:name>part</pdfaProperty:name>\n"
           "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
           "<pdfaProperty:category>internal</pdfaProperty:category>\n"
           "<pdfaProperty:description>The part of ISO 14289 to which the file conforms</pdfaProperty:description>\n"
           "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
           "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
           "</rdf:Description>\n";
}

}  // namespace

std::string pdf_date(Instant instant) {
    Stamp const at = stamp(instant);
    return "D:" + digits(at.date.year, 4) + digits(at.date.month, 2) + digits(at.date.day, 2) +
           digits(at.seconds / 3600, 2) + digits(at.seconds / 60 % 60, 2) + digits(at.seconds % 60, 2) + "Z";
}

Dictionary information(const documents::Document& document, const Options& options) {
    Dictionary info;
    info.put("Title", text_string(document.title));
    if (!document.author.empty()) info.put("Author", text_string(document.author));
    if (!document.subject.empty()) info.put("Subject", text_string(document.subject));
    if (!document.keywords.empty()) info.put("Keywords", text_string(document.keywords));
    info.put("Creator", text_string(options.producer)).put("Producer", text_string(options.producer));
    if (document.created) {
        info.put("CreationDate", text_string(pdf_date(*document.created)));
        info.put("ModDate", text_string(pdf_date(*document.created)));
    }
    return info;
}

std::string xmp_packet(const documents::Document& document, const Options& options) {
    bool const archival_3 = options.profile == Profile::a3ua;
    std::string out =
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n";
    out += "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"" + std::string(uri_pdfa) + "id/\">\n" +
           element("pdfaid:part", archival_3 ? "3" : "1") + element("pdfaid:conformance", archival_3 ? "A" : "B") +
           "</rdf:Description>\n";
    if (archival_3) {
        out += "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n" +
               element("pdfuaid:part", "1") + "</rdf:Description>\n";
    }
    out += "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n" +
           element("dc:format", "application/pdf") + in_language("dc:title", document.title);
    if (!document.author.empty()) out += sequence("dc:creator", "Seq", document.author);
    if (!document.subject.empty()) out += in_language("dc:description", document.subject);
    out += sequence("dc:language", "Bag", document.language) + "</rdf:Description>\n";
    out += "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n" +
           element("xmp:CreatorTool", options.producer);
    if (document.created) {
        Stamp const at = stamp(*document.created);
        std::string const moment = digits(at.date.year, 4) + '-' + digits(at.date.month, 2) + '-' +
                                   digits(at.date.day, 2) + 'T' + digits(at.seconds / 3600, 2) + ':' +
                                   digits(at.seconds / 60 % 60, 2) + ':' + digits(at.seconds % 60, 2) + 'Z';
        out += element("xmp:CreateDate", moment) + element("xmp:ModifyDate", moment);
    }
    out += "</rdf:Description>\n";
    out += "<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n" +
           element("pdf:Producer", options.producer);
    if (!document.keywords.empty()) out += element("pdf:Keywords", document.keywords);
    out += "</rdf:Description>\n";
    if (archival_3) out += extension_schema();
    out += "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n";
    return out;
}

}  // namespace ca::pdf
